using System.Globalization;
using Pond.Tests.Simulation;

namespace Pond.Tests.PlantedBugs;

/// <summary>
/// The command "planted": looks for every planted bug from the first seed on, and writes down which seed has found it.
/// </summary>
internal static class PlantedCommand
{
    /// <summary>The longest that any bug is looked for.</summary>
    public const int SeedsMax = 1_000;

    /// <returns>0 when all were found.</returns>
    public static async Task<int> Run(TextWriter output)
    {
        using var tree = await PlantedTree.Grow();
        var findings = await tree.Search(PlantedBug.All.Select(bug => new PlantedQuest(bug.Name, Known: 0, SeedsMax)));
        foreach (var finding in findings.OrderByDescending(finding => finding.Seed))
            await output.WriteLineAsync(finding.ToString());
        var missed = findings.Count(finding => finding.Violation is null);
        var median = findings.Select(finding => finding.Seed).Order().ElementAt(findings.Count / 2);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{findings.Count} bugs, {missed} not found, median seed {median}"));
        FirstSeeds.Write(findings.Where(finding => finding.Violation is not null));
        return missed == 0 ? 0 : 1;
    }

    /// <summary>The command "planted shrink": makes the failures that show them as small as they get.</summary>
    /// <param name="names">Of bugs; all without any.</param>
    /// <returns>0 when all have become small enough to be understood.</returns>
    public static async Task<int> Shrink(IReadOnlyList<string> names, TextWriter output)
    {
        using var tree = await PlantedTree.Grow();
        var known = FirstSeeds.Read();
        var findings = await tree.Search(
            (names.Count > 0 ? names : [.. known.Keys]).Select(
                name => new PlantedQuest(name, known.GetValueOrDefault(name), SeedsMax, Shrinks: true)),
            output);
        foreach (var finding in findings.OrderByDescending(finding => finding.Calls))
            await output.WriteLineAsync(finding.ToString());
        var small = findings.Count(finding => Shrinker.IsSmall(finding.Calls, finding.Faults));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{small} of {findings.Count} in at most {Shrinker.CallsWanted} calls and {Shrinker.FaultsWanted} faults"));
        return small == findings.Count ? 0 : 1;
    }
}
