using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Tests;

/// <summary>
/// One method of one route, as the code declares it: so that a new route cannot escape a test of all routes.
/// </summary>
public sealed partial record Endpoint(string Function, HttpMethod Method, string Route, CallerKind? Caller)
{
    /// <summary>Every route of the app but the one for what is none.</summary>
    public static readonly IReadOnlyList<Endpoint> All =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FunctionAttribute>() is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is { Route: not "{*path}" }
           from verb in trigger.Methods!
           select new Endpoint(
               type.Name, new HttpMethod(verb.ToUpperInvariant()), trigger.Route!,
               method.GetCustomAttribute<CallerAttribute>()?.Kind),
    ];

    public static IEnumerable<Endpoint> Of(CallerKind caller) => All.Where(endpoint => endpoint.Caller == caller);

    /// <summary>The path with one value for every parameter.</summary>
    public string Path(string value) => "/api/" + Parameter().Replace(Route, value);

    public override string ToString() => $"{Method} {Route}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
