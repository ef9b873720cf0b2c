using Microsoft.Extensions.Logging.Abstractions;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

public sealed class SweepingTheOutbox : IAsyncLifetime
{
    private PlatformBench bench = null!;

    public async Task InitializeAsync() => bench = await On(new MemoryPartitionStore());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_pointer_that_was_lost_is_sent_again()
    {
        await LoseAPointer("a");
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(1, await Sweep());

        Assert.Equal(["a"], await Delivered());
        Assert.Empty(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task Nobody_is_visited_before_the_hint_is_due()
    {
        await LoseAPointer("a");
        bench.Clock.Advance(DueHints.Ripening - TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));

        Assert.Equal(0, await Sweep());
        Assert.Single(await bench.HintRows());
    }

    [Fact]
    public async Task A_hint_that_leads_to_nothing_goes()
    {
        await LoseAPointer("a");
        await Finish(await bench.Under(OutboxRow.Waiting));
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(0, await Sweep());
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_hint_whose_commit_never_happened_goes()
    {
        await bench.Hints.Leave(DueHints.Outbox, "t:never", CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(0, await Sweep());
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task Each_pause_is_twice_as_long_as_the_one_before_up_to_an_hour()
    {
        await LoseAPointer("a");
        var seconds = new List<double>();
        bench.Clock.Advance(DueHints.Ripening);
        for (var sends = 0; sends < OutboxSweep.AttemptsMax; sends++)
        {
            Assert.Equal(1, await Sweep());
            Assert.Equal(0, await Sweep());
            var row = await WaitingRow();
            Assert.Equal(sends + 1, row.Attempts);
            seconds.Add((row.DueAt - bench.Clock.GetUtcNow()).TotalSeconds);

            bench.Clock.Advance(row.DueAt - bench.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
            Assert.Equal(0, await Sweep());
            bench.Clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1_920, .. Enumerable.Repeat(3_600.0, 13)], seconds);
    }

    [Fact]
    public async Task After_twenty_sends_a_row_is_stuck_and_can_be_found()
    {
        await LoseAPointer("a");
        for (var hours = 0; hours <= OutboxSweep.AttemptsMax; hours++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await Sweep();
        }

        Assert.Empty(await bench.Under(OutboxRow.Waiting));
        Assert.Single(await bench.Under(OutboxRow.Stuck));
        var hint = Assert.Single(await bench.HintRows(OutboxSweep.StuckKind));
        Assert.Equal(Partition, Stored.Read<Hint>(hint.Data).Subject);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Sweep());
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task Two_sweeps_at_once_do_no_harm()
    {
        await LoseAPointer("a");
        bench.Clock.Advance(DueHints.Ripening);
        var (otherHints, log) = (new DueHints(bench.Inner, bench.Clock), NullLogger<OutboxSweep>.Instance);
        var other = new OutboxSweep(bench.Inner, bench.Queues, otherHints, bench.Clock, log);
        bench.Faults.Before = async call =>
        {
            if (call.Kind is not PortCallKind.Commit) return;
            bench.Faults.Before = null;
            await other.Run(CancellationToken.None);
        };
        bench.Faults.Count();

        Assert.Equal(0, await Sweep()); // the other one has sent it

        Assert.Equal(["a"], await Delivered());
        Assert.Single(await bench.HintRows());
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await Sweep();
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_row_that_nobody_can_read_keeps_no_other_partition_waiting()
    {
        string[] partitions = [.. Enumerable.Range(2, 20).Select(number => $"t:{number}")];
        foreach (var partition in partitions) await bench.MakeHead(partition);
        foreach (var partition in partitions) await LoseAPointer("a", partition);
        await bench.Insert(partitions[0], OutboxRow.KeyOf("0"), new { Unknown = "to this version" });
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(partitions.Length - 1, await Sweep());

        Assert.Equal(2, (await bench.Under(OutboxRow.Waiting, partitions[0])).Count);
    }

    [Fact]
    public async Task Rows_that_wait_for_their_next_turn_keep_no_other_row_waiting()
    {
        for (var i = 0; i <= OutboxSweep.RowsPerVisitMax; i++) await LoseAPointer($"a{i}");
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(OutboxSweep.RowsPerVisitMax, await Sweep());
        Assert.Equal(1, await Sweep());
    }

    [Fact]
    public async Task A_sweep_that_was_late_finds_all_that_is_due()
    {
        for (var i = 0; i < 10; i++)
        {
            await LoseAPointer($"a{i}");
            bench.Clock.Advance(TimeSpan.FromMinutes(7));
        }

        bench.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(10, await Sweep());
    }

    private Task<int> Sweep() => bench.Sweep.Run(CancellationToken.None);

    private async Task LoseAPointer(string name, string partition = Partition)
    {
        await bench.Transactor.Run(
            Tallies.Loud(partition), Operation(name), (_, _) => Tallies.Add(name), CancellationToken.None);
        await Pointers();
    }

    private async Task<OutboxRow> WaitingRow() =>
        Stored.Read<OutboxRow>(Assert.Single(await bench.Under(OutboxRow.Waiting)).Data);

    /// <summary>The effects of these rows are done.</summary>
    private async Task Finish(IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
            await bench.Inner.Commit(Partition, [new Write.Delete(row.Key, row.ETag)], CancellationToken.None);
    }

    /// <summary>Takes every message and carries it out.</summary>
    private async Task<List<string>> Delivered()
    {
        var names = new List<string>();
        foreach (var pointer in await Pointers())
        {
            await bench.Inbox.Handle<MarkedV1>(
                "Handler",
                Tallies.Queue,
                pointer,
                (marked, _, _) =>
                {
                    names.Add(marked.Name);
                    return Task.FromResult<Refusal?>(null);
                },
                CancellationToken.None);
        }

        return names;
    }

    private async Task<List<string>> Pointers()
    {
        var messages = await bench.Queues.Receive(Tallies.Queue, 32, TimeSpan.FromMinutes(1), CancellationToken.None);
        foreach (var message in messages) await bench.Queues.Delete(message, CancellationToken.None);
        return [.. messages.Select(message => message.Body)];
    }
}
