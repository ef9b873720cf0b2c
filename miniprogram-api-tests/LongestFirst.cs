using Pond.Tests;
using Pond.Tests.PlantedBugs;
using Pond.Tests.Simulation;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(LongestFirst.Name, LongestFirst.Assembly)]

namespace Pond.Tests;

/// <summary>Begins with what takes minutes, so that none of it is left to run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    internal const string Name = "Pond.Tests.LongestFirst";
    internal const string Assembly = "Pond.Tests";

    private static readonly string[] Longest = [nameof(SimulatingThousands), nameof(FindingPlantedBugs)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Any(
            name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)));
}
