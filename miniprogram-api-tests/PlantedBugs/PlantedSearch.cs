using System.Diagnostics;
using System.Reflection;
using Pond.Tests.Simulation;

namespace Pond.Tests.PlantedBugs;

/// <summary>
/// The command "planted search", which runs beside a copy of the app that has the bugs: for each quest that comes in, a
/// line with what came of it.
/// </summary>
internal static class PlantedSearch
{
    public static int Run(TextReader quests, TextWriter findings)
    {
        while (quests.ReadLine() is { } line)
        {
            findings.WriteLine(Find(PlantedQuest.Parse(line)).ToString());
            findings.Flush();
        }

        return 0;
    }

    private static PlantedFinding Find(PlantedQuest quest)
    {
        var planted = typeof(Composition).Assembly.GetType("Pond.Planted")!;
        planted.GetField("Bug", BindingFlags.Public | BindingFlags.Static)!.SetValue(null, quest.Name);
        var start = Stopwatch.GetTimestamp();
        var (seed, result) = (0, (SimulationResult?)null);
        foreach (var next in quest.Seeds)
        {
            (seed, result) = (next, SimulationRun.Of(Plan.Of((ulong)next, SimulationRun.Weights)));
            if (result.Violation is not null) break;
        }

        if (quest.Shrinks) result = Shrinker.Shrink(result!.Plan, Console.Error);
        return new PlantedFinding(
            quest.Name,
            seed,
            (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            result!.Calls,
            result.Faults,
            result.Hash,
            result.Violation);
    }
}
