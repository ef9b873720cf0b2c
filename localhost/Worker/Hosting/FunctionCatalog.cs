using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost;

/// <summary>All functions of an app.</summary>
public sealed class FunctionCatalog
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> functions) => All = functions;

    /// <summary>By name.</summary>
    public IReadOnlyList<FunctionDescriptor> All { get; }

    /// <summary>Finds the methods with <see cref="FunctionAttribute"/>.</summary>
    /// <exception cref="InvalidOperationException">Some cannot be hosted; the message names each, why, and what to do.</exception>
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
}

/// <summary>A function cannot be hosted.</summary>
internal sealed class FunctionRefusedException(string message) : Exception(message);
