using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Pond.Tests.Simulation;

namespace Pond.Tests.PlantedBugs;

/// <summary>The command "planted", which runs beside a copy of the app that has the bugs: one line for each bug.</summary>
internal static class PlantedCommand
{
    /// <summary>Before the other arguments: what fails is made smaller.</summary>
    public const string Shrink = "--shrink";

    /// <param name="arguments">How many seeds each bug gets, and the bugs; each may have a number of its own, as in
    /// <c>none=4</c>.</param>
    public static int Run(string[] arguments, TextWriter output)
    {
        var shrinks = arguments[0] == Shrink;
        if (shrinks) arguments = arguments[1..];
        foreach (var argument in arguments[1..])
        {
            var parts = argument.Split('=');
            var seedsMax = ulong.Parse(parts.Length > 1 ? parts[1] : arguments[0], CultureInfo.InvariantCulture);
            output.WriteLine(Search(parts[0], seedsMax, shrinks).ToString());
        }

        return 0;
    }

    private static PlantedFinding Search(string name, ulong seedsMax, bool shrinks)
    {
        var planted = typeof(Composition).Assembly.GetType("Pond.Planted")!;
        planted.GetField("Bug", BindingFlags.Public | BindingFlags.Static)!.SetValue(null, name);
        var start = Stopwatch.GetTimestamp();
        var (seed, result) = (0UL, (SimulationResult?)null);
        while (seed < seedsMax && result?.Violation is null)
            result = SimulationRun.Of(Plan.Of(++seed, SimulationRun.Weights));
        if (shrinks) result = Shrinker.Shrink(result!.Plan, TextWriter.Null);
        return new PlantedFinding(
            name,
            (int)seed,
            (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            result!.Calls,
            result.Faults,
            result.Hash,
            result.Violation);
    }
}

/// <summary>What came of looking for one bug.</summary>
/// <param name="Seeds">That were run, the last of them with the violation, if there is one.</param>
/// <param name="Calls">Of the visits of the last seed.</param>
/// <param name="Faults">That happened with the last seed.</param>
/// <param name="Hash">Of all that happened with the last seed.</param>
internal sealed record PlantedFinding(
    string Name, int Seeds, int Ms, int Calls, int Faults, string Hash, string? Violation)
{
    private const char Tab = '\t';
    private const int CharsMax = 300;

    public static PlantedFinding Parse(string line)
    {
        var parts = line.Split(Tab, 7);
        int[] figures = [.. parts[1..5].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return new PlantedFinding(
            parts[0], figures[0], figures[1], figures[2], figures[3], parts[5], parts[6].Length == 0 ? null : parts[6]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}{Tab}{Seeds}{Tab}{Ms}{Tab}{Calls}{Tab}{Faults}{Tab}{Hash}{Tab}{FirstLine()}");

    private string FirstLine() =>
        Violation?.ReplaceLineEndings(" / ") is { } line ? line[..Math.Min(line.Length, CharsMax)] : "";
}
