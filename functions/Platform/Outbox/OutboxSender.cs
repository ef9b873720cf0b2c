using Pond.Platform.Queues;

namespace Pond.Platform.Outbox;

/// <summary>Sends pointers to outbox rows right after their commit. The sweep sends what this could not.</summary>
public sealed partial class OutboxSender(
    MessageQueues queues, TimeProvider clock, ILogger<OutboxSender> log)
{
    /// <summary>How long a caller, whose commit stands, waits for queues that do not answer.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(3);

    /// <summary>Sends what it can and never fails: the rows are stored, so nothing is lost.</summary>
    public async Task Send(string partition, IReadOnlyList<OutboxRow> rows)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        await Task.WhenAll(rows.Select(row => Send(partition, row, limit.Token)));
    }

    private async Task Send(string partition, OutboxRow row, CancellationToken cancel)
    {
        try
        {
            await queues.Send(row.Queue, new OutboxPointer(partition, row.Id).ToString(), TimeSpan.Zero, cancel);
        }
        catch (Exception failure) // whatever it is: the commit stands, and its caller must hear so
        {
            LeftToSweep(failure, row.Queue, row.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A pointer to {Id} could not be sent to {Queue}; the sweep will send it")]
    private partial void LeftToSweep(Exception failure, string queue, string id);
}
