using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Pond.LocalHost;

/// <summary>Reads one method as a function, and refuses what the Functions host would.</summary>
internal sealed class FunctionReader(string routePrefix, IConfiguration configuration)
{
    /// <summary>The Functions host keeps these beginnings of routes to itself.</summary>
    private static readonly string[] ReservedRoutes = ["admin", "runtime"];

    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <exception cref="FunctionRefusedException">The method cannot be hosted.</exception>
    public FunctionDescriptor Read(string name, MethodInfo method)
    {
        CheckMethod(method);
        var parameters = method.GetParameters(); // once: first calls that race each get objects of their own
        var triggers = parameters
            .Where(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null).ToList();
        if (triggers is not [var parameter])
            throw new FunctionRefusedException($"it has {triggers.Count} triggers; give one parameter a trigger.");

        FunctionTrigger trigger = parameter.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute http => ReadHttp(name, http, parameter),
            QueueTriggerAttribute queue => new FunctionTrigger.OnMessage(Setting(queue.QueueName)),
            TimerTriggerAttribute timer => ReadTimer(timer, parameter),
            var other => throw new FunctionRefusedException(
                $"the local host has no {other!.GetType().Name}; use HTTP, queue or timer."),
        };
        var binders = parameters.Select(each => ArgumentBinders.For(each, each == parameter, trigger));
        return new FunctionDescriptor(name, method, trigger, [.. binders]);
    }

    private static void CheckMethod(MethodInfo method)
    {
        if (!method.DeclaringType!.IsVisible)
            throw new FunctionRefusedException("its class is not public; make it public.");
        if (!method.IsPublic) throw new FunctionRefusedException("it is not public; make it public.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw new FunctionRefusedException("it is async void, so nobody would see it fail; return Task.");
        if (method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            throw new FunctionRefusedException("it returns a ValueTask; return Task.");
    }

    private FunctionTrigger.OnRequest ReadHttp(string name, HttpTriggerAttribute trigger, ParameterInfo parameter)
    {
        if (parameter.ParameterType != typeof(HttpRequest))
            throw new FunctionRefusedException($"its trigger is no HttpRequest; make '{parameter.Name}' one.");

        var route = (trigger.Route ?? name).Trim('/');
        var full = $"{routePrefix}/{route}".Trim('/');
        if (ReservedRoutes.FirstOrDefault(word => StartsWith(route, word) || StartsWith(full, word)) is { } reserved)
            throw new FunctionRefusedException(
                $"its route '{full}' starts with '{reserved}', which Azure keeps to itself; name it otherwise.");

        try
        {
            RoutePatternFactory.Parse(full);
        }
        catch (RoutePatternException broken)
        {
            throw new FunctionRefusedException($"its route '{route}' is no route template: {broken.Message}");
        }

        var methods = (trigger.Methods ?? []).Select(method => method.ToUpperInvariant());
        return new FunctionTrigger.OnRequest(full, [.. methods]);
    }

    private static bool StartsWith(string route, string word) =>
        route.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private FunctionTrigger.OnSchedule ReadTimer(TimerTriggerAttribute trigger, ParameterInfo parameter)
    {
        if (parameter.ParameterType != typeof(TimerInfo))
            throw new FunctionRefusedException($"its trigger is no TimerInfo; make '{parameter.Name}' one.");

        var expression = Setting(trigger.Schedule);
        return CrontabSchedule.TryParse(expression, WithSeconds) is { } schedule
            ? new FunctionTrigger.OnSchedule(expression, schedule, trigger.RunOnStartup)
            : throw new FunctionRefusedException(
                $"its schedule '{expression}' is no NCRONTAB: six fields, second minute hour day month weekday.");
    }

    /// <summary>The text, or the setting that a text like <c>%Name%</c> names.</summary>
    private string Setting(string text)
    {
        if (text is not ['%', .. var name, '%']) return text;

        return configuration[LocalSettings.ConfigurationKey(name)] is { Length: > 0 } value
            ? value
            : throw new FunctionRefusedException(
                $"the setting {name} is empty; set it in {LocalSettings.FileName} or the environment.");
    }
}
