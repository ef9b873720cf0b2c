using Moq;
using Pond.Platform;
using Pond.Tests.Storage;

namespace Pond.Tests.PlatformSpecs;

public sealed class PausingBetweenTries
{
    [Fact]
    public async Task Each_pause_is_drawn_from_a_range_twice_as_long_as_the_one_before()
    {
        var ranges = new List<int>();
        var dice = new Mock<Dice>();
        dice.Setup(each => each.Roll(It.IsAny<int>())).Callback<int>(ranges.Add).Returns(0);
        var bench = await PlatformBench.On(new MemoryPartitionStore());
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore, times: int.MaxValue);
        var transactor = new Transactor(
            bench.Store, bench.Sender, bench.Hints, new Turns(), dice.Object, bench.Clock);

        await Assert.ThrowsAsync<ContendedException>(() => transactor.Run(
            Tallies.Silent(PlatformBench.Partition),
            PlatformBench.Operation("a"),
            (_, _) => Tallies.Add("a"),
            CancellationToken.None));

        Assert.Equal([8, 16, 32, 64, 128, 256, 512], ranges);
    }
}
