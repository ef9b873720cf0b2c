using System.Diagnostics;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>The command "enumerate": every operation with every call going wrong in every way.</summary>
internal static class EnumerateCommand
{
    public static int Run(string[] args, TextWriter output)
    {
        var violations = 0;
        foreach (var setting in Settings(args))
        {
            var start = Stopwatch.GetTimestamp();
            var figures = new Enumerator(setting, Scope.Everything).Singles();
            output.WriteLine($"{figures}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            foreach (var violation in figures.Violations) output.WriteLine($"  {violation}");
            violations += figures.Violations.Count;
        }

        return violations == 0 ? 0 : 1;
    }

    private static IEnumerable<Setting> Settings(string[] args) =>
        AllOperations.By.Keys.Where(name => args.Length == 0 || args.Contains(name)).Select(name => new Setting(name));
}
