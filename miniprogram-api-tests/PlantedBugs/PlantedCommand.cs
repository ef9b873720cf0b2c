using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Pond.Tests.Simulation;

namespace Pond.Tests.PlantedBugs;

/// <summary>The command "planted", which runs beside a copy of the app that has the bugs: one line for each bug.</summary>
internal static class PlantedCommand
{
    /// <param name="arguments">How many seeds each bug gets, and the bugs; each may have a number of its own, as in
    /// <c>none=4</c>.</param>
    public static int Run(string[] arguments, TextWriter output)
    {
        foreach (var argument in arguments[1..])
        {
            var parts = argument.Split('=');
            output.WriteLine(Search(parts[0], ulong.Parse(parts.Length > 1 ? parts[1] : arguments[0], CultureInfo.InvariantCulture)).ToString());
        }

        return 0;
    }

    private static PlantedFinding Search(string name, ulong seedsMax)
    {
        var planted = typeof(Composition).Assembly.GetType("Pond.Planted")!;
        planted.GetField("Bug", BindingFlags.Public | BindingFlags.Static)!.SetValue(null, name);
        var start = Stopwatch.GetTimestamp();
        string? violation = null;
        ulong seed;
        for (seed = 0; violation is null && seed < seedsMax;)
            violation = SimulationRun.Of(Plan.Of(++seed, SimulationRun.Weights)).Violation;
        return new PlantedFinding(
            name, (int)seed, (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds, violation);
    }
}

/// <summary>What came of looking for one bug.</summary>
/// <param name="Seeds">That were run, the last of them with the violation, if there is one.</param>
internal sealed record PlantedFinding(string Name, int Seeds, int Ms, string? Violation)
{
    private const char Tab = '\t';

    public static PlantedFinding Parse(string line)
    {
        var parts = line.Split(Tab, 4);
        return new PlantedFinding(
            parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3].Length == 0 ? null : parts[3]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}{Tab}{Seeds}{Tab}{Ms}{Tab}{FirstLine()}");

    private string FirstLine() => Violation?.ReplaceLineEndings(" / ") is { } line ? line[..Math.Min(line.Length, 300)] : "";
}
