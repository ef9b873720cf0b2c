using Xunit.Abstractions;

namespace Pond.Tests.Simulation;

/// <summary>
/// Two thousand worlds in which everything goes wrong that can, in processes of their own: nothing is lost or doubled.
/// </summary>
public sealed class SimulatingThousands(ITestOutputHelper output)
{
    private const int Seeds = 2_000;
    private const int SeedsTwice = 200;
    private const int HitsMin = 1_000;

    private static readonly SimulateOptions Options = new(
        Seeds, From: 1, Minutes: null, Processes: 2, Step: 1, IsQuiet: true, Trace: false, Shrinks: false);

    [Fact]
    public async Task Nothing_is_lost_or_doubled_whatever_fails_and_the_same_seed_is_the_same_world()
    {
        var all = await SimulateCommand.InProcesses(Options, TextWriter.Null);
        var again = await SimulateCommand.InProcesses(
            Options with { Seeds = SeedsTwice, Processes = 1 }, TextWriter.Null);

        foreach (var line in all.Summary(seconds: 0)) output.WriteLine(line);
        Assert.Empty(all.Violations);
        Assert.Equal(Seeds, all.Seeds);
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(
            all.Hits.GetValueOrDefault(kind) >= HitsMin, $"{kind}: {all.Hits.GetValueOrDefault(kind)}"));
        Assert.Equal(SeedsTwice, again.Hashes.Count);
        Assert.All(again.Hashes, seed => Assert.Equal(seed.Value, all.Hashes[seed.Key]));
    }
}
