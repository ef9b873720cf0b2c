using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Storage;
using Pond.Tests.WeChat;
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
    public async Task A_hint_that_leads_to_nothing_goes_after_a_second_look()
    {
        await LoseAPointer("a");
        await Finish(await bench.Under(OutboxRow.Waiting));
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(0, await Sweep());
        Assert.Single(await bench.HintRows());
        bench.Clock.Advance(DueHints.SecondLook);
        Assert.Equal(0, await Sweep());
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_hint_whose_commit_never_happened_goes_too()
    {
        await bench.Hints.Leave(DueHints.Outbox, "t:never", CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening);
        await Sweep();
        bench.Clock.Advance(DueHints.SecondLook);

        Assert.Equal(0, await Sweep());
        Assert.Empty(await bench.HintRows());
    }

    [Fact]
    public async Task A_commit_that_lands_after_the_first_look_is_found_by_the_second()
    {
        await bench.Hints.Leave(DueHints.Outbox, Partition, CancellationToken.None);
        bench.Clock.Advance(DueHints.Ripening); // the clock of the one who sweeps is ahead, say
        Assert.Equal(0, await Sweep());

        await LoseAPointer("a");
        await ForgetHintsBut(DueHints.SecondLook);
        bench.Clock.Advance(DueHints.SecondLook);

        Assert.Equal(1, await Sweep());
        Assert.Equal(["a"], await Delivered());
    }

    [Fact]
    public async Task Each_pause_is_twice_as_long_as_the_one_before_up_to_an_hour()
    {
        await LoseAPointer("a");
        var seconds = new List<double>();
        bench.Clock.Advance(DueHints.Ripening);
        for (var sends = 0; sends < OutboxSweep.AttemptsBeforeAlarm; sends++)
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
    public async Task A_row_that_was_sent_in_vain_for_a_night_is_still_sent()
    {
        await LoseAPointer("a");
        for (var hours = 0; hours < 2 * OutboxSweep.AttemptsBeforeAlarm; hours++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await Sweep();
        }

        Assert.True((await WaitingRow()).Attempts > OutboxSweep.AttemptsBeforeAlarm);
        Assert.All(await Delivered(), name => Assert.Equal("a", name));
        Assert.Empty(await bench.Under(OutboxRow.Waiting));
    }

    [Fact]
    public async Task After_twenty_sends_each_further_one_is_an_alarm()
    {
        using var log = new CapturedLog();
        using var logs = new LoggerFactory([log]);
        var sweep = bench.SweepOver(bench.Store, logs);
        await LoseAPointer("a");
        for (var hours = 0; hours < OutboxSweep.AttemptsBeforeAlarm; hours++) await SweepAnHourLater();
        Assert.Empty(log.Lines);

        await SweepAnHourLater();

        Assert.Contains(Partition, Assert.Single(log.Lines), StringComparison.Ordinal);

        async Task SweepAnHourLater()
        {
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await sweep.Run(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Two_sweeps_at_once_do_no_harm()
    {
        await LoseAPointer("a");
        bench.Clock.Advance(DueHints.Ripening);
        var other = bench.SweepOver(bench.Inner, NullLoggerFactory.Instance);
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
        bench.Clock.Advance(DueHints.SecondLook);
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
    public async Task A_partition_is_swept_to_its_last_page()
    {
        for (var i = 0; i <= DueSweep.RowsPerPage; i++) await LoseAPointer($"a{i}");
        bench.Clock.Advance(DueHints.Ripening);

        Assert.Equal(DueSweep.RowsPerPage + 1, await Sweep());
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

    /// <summary>
    /// As if the process that left them had never written them: only the one that a look has moved stays.
    /// </summary>
    private async Task ForgetHintsBut(TimeSpan ahead)
    {
        var kept = DueHints.RowOf(bench.Clock.GetUtcNow() + ahead, Partition);
        foreach (var (shard, row) in await bench.HintPlaces())
        {
            if (row.Key != kept)
                await bench.Inner.Commit(shard, [new Write.Delete(row.Key, row.ETag)], CancellationToken.None);
        }
    }

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
