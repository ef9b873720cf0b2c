using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

public abstract partial class TransactorSpec
{
    [Fact]
    public async Task A_hint_is_written_before_the_commit_that_it_announces()
    {
        bench.Faults.Count();

        await RunLoud("k");

        var commits = bench.Faults.Disarm().Where(call => call.Kind is PortCallKind.Commit).ToList();
        Assert.Equal(2, commits.Count);
        Assert.Contains(":due:outbox", commits[0].Name, StringComparison.Ordinal);
        Assert.Equal($"commit {Partition}", commits[1].Name);
    }

    [Fact]
    public async Task Where_nobody_ever_hears_anything_no_hint_is_left()
    {
        await Run("k", (_, _) => Tallies.Add("a"));

        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_decision_that_nobody_hears_of_leaves_no_hint()
    {
        await bench.Transactor.Run(
            Tallies.Loud(Partition), Operation("k"), Tallies.AddUpTo(0, "a"), CancellationToken.None);

        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_hint_is_written_once_a_minute_and_partition()
    {
        const string Other = "t:2";
        await bench.MakeHead(Other);
        bench.Faults.Count();

        foreach (var key in new[] { "k1", "k2", "k3" }) await RunLoud(key);
        await RunLoud("k4", Other);
        Assert.Equal(2, HintsWritten());

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunLoud("k5");
        Assert.Equal(3, HintsWritten());
        Assert.Equal(3, (await bench.HintRows()).Count);
    }

    [Fact]
    public async Task A_hint_that_is_there_already_will_do()
    {
        await bench.Neighbour.Run(
            Tallies.Loud(Partition), Operation("k1"), (_, _) => Tallies.Add("a"), CancellationToken.None);

        await RunLoud("k2");

        Assert.Single(await bench.HintRows());
        Assert.Equal(2, (await bench.Marks()).Length);
    }

    [Fact]
    public async Task Without_its_hint_nothing_is_committed()
    {
        bench.Faults.Arm(
            call => call.Name.Contains(":due:", StringComparison.Ordinal), FaultWay.FailsBefore, times: int.MaxValue);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => RunLoud("k"));
        Assert.Empty(await bench.Marks());

        bench.Faults.Disarm();
        await RunLoud("k");
        Assert.Single(await bench.HintRows()); // the failure was not taken for a hint
    }

    [Theory, InlineData(FaultWay.FailsBefore), InlineData(FaultWay.FailsAfter)]
    public async Task A_hint_whose_answer_is_lost_is_written_again(FaultWay way)
    {
        bench.Faults.Arm(call => call.Name.Contains(":due:", StringComparison.Ordinal), way);

        await RunLoud("k");

        Assert.Single(await bench.HintRows());
        Assert.Single(await bench.Marks());
    }

    [Fact]
    public async Task A_pointer_that_cannot_be_sent_does_not_fail_the_operation()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Queue, FaultWay.FailsBefore);

        Assert.Null((await RunLoud("k")).Refusal);

        Assert.Single(await bench.Under(OutboxRow.Waiting));
        Assert.Equal(0, await bench.Queues.Count(Tallies.Queue, CancellationToken.None));
    }

    private int HintsWritten() =>
        bench.Faults.Calls.Count(call => call.Name.Contains(":due:", StringComparison.Ordinal));

    private Task<Decision<Marked>> RunLoud(string key, string partition = Partition) => bench.Transactor.Run(
        Tallies.Loud(partition), Operation(key), (_, _) => Tallies.Add($"of-{key}"), CancellationToken.None);
}

public sealed class TransactorOnMemoryTests : TransactorSpec
{
    protected override PartitionStore Open() => new Storage.MemoryPartitionStore();
}

public sealed class TransactorOnSqliteTests : TransactorSpec
{
    private readonly Storage.SqliteFile file = new();

    protected override PartitionStore Open() =>
        new Pond.Platform.Sqlite.SqlitePartitionStore(file.Open());

    protected override Task Close() => file.DisposeAsync().AsTask();
}
