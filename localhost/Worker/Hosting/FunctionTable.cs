namespace Pond.LocalHost;

/// <summary>Says on the console what the host serves.</summary>
internal static class FunctionTable
{
    private const string AnyMethod = "ANY";

    public static void Print(
        TextWriter output, IEnumerable<string> urls, string environmentName, FunctionCatalog catalog)
    {
        var rows = catalog.All.Select(Row).OrderBy(row => row.Kind, StringComparer.Ordinal)
            .ThenBy(row => row.What, StringComparer.Ordinal).ToList();
        var kindWidth = rows.Select(row => row.Kind.Length).DefaultIfEmpty().Max();
        var whatWidth = rows.Select(row => row.What.Length).DefaultIfEmpty().Max();
        foreach (var (kind, what, name) in rows)
            output.WriteLine($"  {kind.PadRight(kindWidth)}  {what.PadRight(whatWidth)}  {name}");
        output.WriteLine(
            $"{environmentName}, listening on {string.Join(", ", urls)}; the API page is at /swagger. Ctrl+C stops.");
    }

    private static (string Kind, string What, string Name) Row(FunctionDescriptor function) => function.Trigger switch
    {
        FunctionTrigger.OnRequest { Methods: [] } http => (AnyMethod, "/" + http.Route, function.Name),
        FunctionTrigger.OnRequest http => (string.Join(",", http.Methods), "/" + http.Route, function.Name),
        FunctionTrigger.OnMessage queue => ("queue", queue.Name, function.Name),
        FunctionTrigger.OnSchedule timer => ("timer", timer.Expression, function.Name),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
