using Pond.Tests.Simulation;
using Xunit.Abstractions;

namespace Pond.Tests.PlantedBugs;

/// <summary>The simulation is worth something: it finds the mistakes that people make.</summary>
public sealed class FindingPlantedBugs(ITestOutputHelper output)
{
    private const string NoBug = "none";
    private const int SeedsWithoutBug = 4;
    private const int MedianMax = 20;

    private static readonly string[] ToShrink = ["slot counted alone", "drop slot stays", "used unpaid"];

    [Fact]
    public async Task Each_planted_bug_is_found_and_nothing_where_there_is_none()
    {
        using var tree = await PlantedTree.Grow();
        var known = FirstSeeds.Read();
        string[] names = [.. PlantedBug.All.Select(bug => bug.Name)];
        var all = (await tree.Search(
        [
            new PlantedQuest(NoBug, Known: 0, SeedsWithoutBug),
            .. names.Select(name => new PlantedQuest(name, known.GetValueOrDefault(name), PlantedCommand.SeedsMax)),
        ])).ToList();
        foreach (var finding in all.OrderByDescending(finding => finding.Seed)) output.WriteLine(finding.ToString());

        var own = SimulationRun.Of(Plan.Of(SeedsWithoutBug, SimulationRun.Weights));
        var clean = all.Single(finding => finding.Name == NoBug);
        Assert.Equal((own.Violation, own.Hash), (clean.Violation, clean.Hash)); // what is planted sleeps
        all.RemoveAll(finding => finding.Name == NoBug);
        Assert.Equal(names.Length, all.Count);
        Assert.Empty(all.Where(finding => finding.Violation is null).Select(finding => finding.Name));
        Assert.InRange(all.Select(finding => finding.Seed).Order().ElementAt(all.Count / 2), 1, MedianMax);
        AssertSmall(await tree.Search(
            ToShrink.Select(name => new PlantedQuest(name, known.GetValueOrDefault(name), PlantedCommand.SeedsMax, Shrinks: true))));
    }

    private void AssertSmall(IReadOnlyList<PlantedFinding> shrunk)
    {
        foreach (var finding in shrunk) output.WriteLine($"made smaller: {finding}");
        Assert.Equal(ToShrink.Length, shrunk.Count);
        Assert.All(shrunk, finding =>
        {
            Assert.NotNull(finding.Violation);
            Assert.True(Shrinker.IsSmall(finding.Calls, finding.Faults), finding.ToString());
        });
    }

    [Fact]
    public void What_is_planted_in_code_that_has_changed_says_so()
    {
        var patch = new Patch("Some.cs", "two", "PLANTED ? 2 : two");
        Assert.Equal("one Pond.Planted.Is(\"bug\") ? 2 : two", patch.ApplyTo("one two", "bug"));
        Assert.Contains("functions/Some.cs has 0 times", Message("one"), StringComparison.Ordinal);
        Assert.Contains("functions/Some.cs has 2 times", Message("two two"), StringComparison.Ordinal);

        string Message(string text) => Assert.Throws<InvalidOperationException>(() => patch.ApplyTo(text, "bug")).Message;
    }

    [Fact]
    public void Each_planted_bug_has_a_name_and_a_switch_of_its_own()
    {
        Assert.Distinct(PlantedBug.All.Select(bug => bug.Name));
        Assert.All(PlantedBug.All, bug => Assert.Contains(
            bug.Patches, patch => patch.New.Contains(PlantedBug.Switch, StringComparison.Ordinal)));
    }
}
