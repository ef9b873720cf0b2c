using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Pond.LocalHost;

/// <summary>Makes the arguments of a function out of its invocation.</summary>
internal static class ArgumentBinders
{
    /// <exception cref="FunctionRefusedException">Nothing can be bound to the parameter.</exception>
    public static Func<FunctionContext, object?> For(ParameterInfo parameter, bool isTrigger, FunctionTrigger trigger)
    {
        if (parameter.ParameterType == typeof(CancellationToken)) return context => context.CancellationToken;
        if (parameter.ParameterType == typeof(FunctionContext)) return context => context;

        var binder = trigger switch
        {
            FunctionTrigger.OnRequest when isTrigger => context => Http(context).Request,
            FunctionTrigger.OnRequest http => RouteValue(parameter, http),
            FunctionTrigger.OnMessage when isTrigger => Body(parameter.ParameterType),
            FunctionTrigger.OnMessage => TriggerData(parameter),
            FunctionTrigger.OnSchedule when isTrigger => context => context.Features.Get<TimerInfo>(),
            _ => null,
        };
        return binder ?? throw new FunctionRefusedException(
            $"nothing is known for its parameter '{parameter.ParameterType.Name} {parameter.Name}';"
            + " remove it, or name it after a part of the route (string, int, long, Guid)"
            + " or of the message (string id, long dequeueCount).");
    }

    private static HttpContext Http(FunctionContext context) => context.GetHttpContext()
        ?? throw new InvalidOperationException(
            "There is no HttpContext: call builder.ConfigureFunctionsWebApplication() in Program.cs.");

    private static Func<FunctionContext, object?>? RouteValue(
        ParameterInfo parameter, FunctionTrigger.OnRequest trigger)
    {
        var name = parameter.Name!;
        var isNamed = RoutePatternFactory.Parse(trigger.Route).Parameters
            .Any(part => string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase));
        var kind = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Func<string, object>? parse = kind switch
        {
            _ when !isNamed => null,
            _ when kind == typeof(string) => text => text,
            _ when kind == typeof(int) => text => int.Parse(text, CultureInfo.InvariantCulture),
            _ when kind == typeof(long) => text => long.Parse(text, CultureInfo.InvariantCulture),
            _ when kind == typeof(Guid) => text => Guid.Parse(text),
            _ => null,
        };
        return parse is null
            ? null
            : context => Http(context).Request.RouteValues[name] is { } value
                ? parse(Convert.ToString(value, CultureInfo.InvariantCulture)!)
                : null;
    }

    private static Func<FunctionContext, object?> Body(Type type) => type == typeof(string)
        ? context => Message(context).Body
        : context => JsonSerializer.Deserialize(Message(context).Body, type, JsonSerializerOptions.Web)
            ?? throw new JsonException($"The message is null, not a {type.Name}.");

    private static Func<FunctionContext, object?>? TriggerData(ParameterInfo parameter) =>
        (parameter.Name!.ToUpperInvariant(), parameter.ParameterType) switch
        {
            ("ID", var type) when type == typeof(string) => context => Message(context).Id,
            ("DEQUEUECOUNT", var type) when type == typeof(long) => context => Message(context).DequeueCount,
            ("DEQUEUECOUNT", var type) when type == typeof(int) => context => (int)Message(context).DequeueCount,
            _ => null,
        };

    private static TriggerMessage Message(FunctionContext context) => context.Features.Get<TriggerMessage>()!;
}
