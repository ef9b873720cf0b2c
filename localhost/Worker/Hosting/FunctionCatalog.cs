using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost;

/// <summary>All functions of an app.</summary>
public sealed partial class FunctionCatalog
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> functions) => All = functions;

    /// <summary>By name.</summary>
    public IReadOnlyList<FunctionDescriptor> All { get; }

    /// <summary>Finds the methods with <see cref="FunctionAttribute"/>.</summary>
    /// <exception cref="InvalidOperationException">Some cannot be hosted; the text says what to do.</exception>
    public static FunctionCatalog Read(IEnumerable<Type> classes, string routePrefix, IConfiguration configuration)
    {
        var reader = new FunctionReader(routePrefix, configuration);
        var functions = new List<FunctionDescriptor>();
        var refusals = new List<string>();
        foreach (var method in classes.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute) continue;

            try
            {
                functions.Add(reader.Read(attribute.Name, method));
            }
            catch (FunctionRefusedException refused)
            {
                refusals.Add($"{attribute.Name} ({method.DeclaringType!.FullName}.{method.Name}): {refused.Message}");
            }
        }

        refusals.AddRange(SameNames(functions));
        refusals.AddRange(SameQueues(functions));
        refusals.AddRange(SameRoutes(functions));
        if (refusals.Count > 0)
            throw new InvalidOperationException("The functions cannot be hosted:\n- " + string.Join("\n- ", refusals));
        return new FunctionCatalog([.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> SameNames(IEnumerable<FunctionDescriptor> functions) => functions
        .GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
        .Where(sameName => sameName.Count() > 1)
        .Select(sameName => $"{sameName.Key}: {string.Join(" and ", sameName.Select(function => function.EntryPoint))}"
            + " have this name; give each function its own.");

    private static IEnumerable<string> SameQueues(IEnumerable<FunctionDescriptor> functions) => functions
        .GroupBy(function => (function.Trigger as FunctionTrigger.OnMessage)?.Name)
        .Where(sameQueue => sameQueue.Key is not null && sameQueue.Count() > 1)
        .Select(sameQueue => $"{string.Join(" and ", sameQueue.Select(function => function.Name))}"
            + $" take from the queue {sameQueue.Key}, so each message would reach but one of them; use two queues.");

    private static IEnumerable<string> SameRoutes(IEnumerable<FunctionDescriptor> functions) =>
        from function in functions
        let request = function.Trigger as FunctionTrigger.OnRequest
        where request is not null
        from method in request.Methods
        let route = ParameterName().Replace(request.Route, "{").ToLowerInvariant()
        group function.Name by $"{method} {route}" into sameRoute
        where sameRoute.Count() > 1
        select $"{string.Join(" and ", sameRoute)} both answer {sameRoute.Key}; give each its own route or method.";

    /// <summary>A parameter's name does not tell two routes apart.</summary>
    [GeneratedRegex(@"\{\w+")]
    private static partial Regex ParameterName();
}

/// <summary>A function cannot be hosted.</summary>
internal sealed class FunctionRefusedException(string message) : Exception(message);
