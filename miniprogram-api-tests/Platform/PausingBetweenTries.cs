using Moq;
using Pond.Kernel;
using Pond.Platform;
using Pond.Tests.Storage;

namespace Pond.Tests.PlatformSpecs;

public sealed class PausingBetweenTries
{
    private readonly List<int> ranges = [];

    [Fact]
    public async Task Each_pause_after_a_lost_race_is_drawn_from_a_range_twice_as_long_as_the_one_before()
    {
        var bench = await PlatformBench.On(new MemoryPartitionStore());
        bench.Faults.Before = async call => // others are always faster
        {
            var name = $"other-{call.Number}";
            if (call.Kind is PortCallKind.Commit) await Mark(bench.Neighbour, name);
        };
        bench.Faults.Count();

        await Assert.ThrowsAsync<ContendedException>(() => Run(bench));

        Assert.Equal([8, 16, 32, 64, 128, 256, 512], ranges);
    }

    [Fact]
    public async Task After_a_lost_answer_the_pauses_are_longer()
    {
        var bench = await PlatformBench.On(new MemoryPartitionStore());
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore, times: int.MaxValue);

        await Assert.ThrowsAsync<ContendedException>(() => Run(bench));

        Assert.Equal([32, 64, 128, 256, 512, 1024, 2048], ranges);
    }

    private Task<Decision<Marked>> Run(PlatformBench bench)
    {
        var dice = new Mock<Dice>();
        dice.Setup(each => each.Roll(It.IsAny<int>())).Callback<int>(ranges.Add).Returns(0);
        var transactor = new Transactor(
            bench.Store, bench.Sender, bench.Hints, new Turns(), dice.Object, bench.Clock);
        return Mark(transactor, "a");
    }

    private static Task<Decision<Marked>> Mark(Transactor transactor, string name) => transactor.Run(
        Tallies.Silent(PlatformBench.Partition),
        PlatformBench.Operation(name),
        (_, _) => Tallies.Add(name),
        CancellationToken.None);
}
