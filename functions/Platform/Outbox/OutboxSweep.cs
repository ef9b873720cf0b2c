using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Finds outbox rows whose pointer was lost and sends it again, for as long as they are there.</summary>
public sealed partial class OutboxSweep(
    DueSweep due,
    PartitionStore store,
    MessageQueues queues,
    StuckRows stuck,
    TimeProvider clock,
    ILogger<OutboxSweep> log)
{
    /// <summary>Pointers sent for one row before each further one is an alarm: a person has to look at it.</summary>
    public const int AttemptsBeforeAlarm = 20;

    /// <summary>
    /// How long a row is left alone after its commit sent the first pointer; it doubles with each further one.
    /// </summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a row is left alone.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Visits every partition that is due.</summary>
    /// <returns>Pointers sent.</returns>
    public Task<int> Run(CancellationToken cancel) => due.Run(DueHints.Outbox, SendDue, cancel);

    private async Task<DueVisit> SendDue(string partition, CancellationToken cancel)
    {
        var (sent, nextAt) = (0, (DateTimeOffset?)null);
        var all = Keys.Under(OutboxRow.Waiting);
        await foreach (var row in store.ReadEach(partition, all, DueSweep.RowsPerPage, cancel))
        {
            var waiting = Stored.Read<OutboxRow>(row.Data);
            var isDue = waiting.DueAt <= clock.GetUtcNow();
            if (isDue && await SendAgain(partition, row, waiting = Postponed(waiting), cancel)) sent++;
            nextAt = nextAt < waiting.DueAt ? nextAt : waiting.DueAt;
        }

        return new(sent, nextAt);
    }

    private OutboxRow Postponed(OutboxRow row)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(row.Attempts, 10), LongestPause.Ticks));
        return row with { Attempts = row.Attempts + 1, DueAt = clock.GetUtcNow() + pause };
    }

    private async Task<bool> SendAgain(string partition, Row row, OutboxRow later, CancellationToken cancel)
    {
        var pointer = new OutboxPointer(partition, later.Id);
        var isStuck = later.Attempts > AttemptsBeforeAlarm;
        if (isStuck) await stuck.Remember(pointer, cancel); // before the commit, or a failure would hide it for an hour

        var replace = new Write.Replace(row.Key, Stored.Write(later), row.ETag);
        var outcome = await store.Commit(partition, [replace], cancel);
        if (outcome is CommitOutcome.Conflict) return false; // its effect is done, or another sweep has it

        if (isStuck) IsStuck(later.Id, later.Queue, partition, later.Attempts);
        await queues.Send(later.Queue, pointer.ToString(), TimeSpan.Zero, cancel);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Id} for {Queue} in the outbox of {Partition} was sent {Attempts} times in vain")]
    private partial void IsStuck(string id, string queue, string partition, int attempts);
}
