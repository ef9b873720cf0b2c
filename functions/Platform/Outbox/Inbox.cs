using System.Diagnostics;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Carries out what an outbox row asks for: exactly once in effect, however often its pointer comes.</summary>
public sealed partial class Inbox(PartitionStore store, ILogger<Inbox> log)
{
    private const int DeleteAttemptsMax = 3;

    /// <summary>Finds the row that the pointer names, lets the effect happen, and removes the row.</summary>
    /// <param name="handler">The function's name; with the row's id it makes the operation.</param>
    /// <param name="queue">
    /// The function's queue. A row for another queue is left alone: it wants another effect.
    /// </param>
    /// <param name="effect">
    /// Changes one partition under the operation it is given. It answers null when done, or the refusal when the
    /// rules say no: a refusal is final. An exception is not: the message comes back, and ends in the poison queue.
    /// </param>
    public async Task Handle<T>(
        string handler,
        string queue,
        string pointerText,
        Func<T, Operation, CancellationToken, Task<Refusal?>> effect,
        CancellationToken cancel)
    {
        if (OutboxPointer.Parse(pointerText) is not { } pointer)
        {
            NotAPointer(handler, pointerText.Length);
            return; // we never send such a thing
        }

        var key = OutboxRow.KeyOf(pointer.Id);
        if (await store.Find(pointer.Partition, key, cancel) is not { } row) return; // done before

        var message = Stored.Read<OutboxRow>(row.Data);
        if (message.Queue != queue)
        {
            NotOurs(handler, pointer.Id, message.Queue);
            return;
        }

        using var activity = Continue(message.Trace, handler);
        var operation = new Operation(handler, pointerText, Fingerprint: null);
        if (await effect(Stored.Read<T>(message.Body), operation, cancel) is { } refusal)
            Refused(handler, pointer.Id, refusal.Code);
        await Remove(pointer.Partition, row, cancel);
    }

    // Whether or not anybody listens to traces: the logs of the effect carry the trace id of what caused it.
    private static Activity Continue(string? trace, string handler)
    {
        var activity = new Activity(handler);
        if (trace is not null) activity.SetParentId(trace);
        return activity.Start();
    }

    private async Task Remove(string partition, Row? row, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= DeleteAttemptsMax && row is not null; attempt++)
        {
            var outcome = await store.Commit(partition, [new Write.Delete(row.Key, row.ETag)], cancel);
            if (outcome is CommitOutcome.Committed) return;
            row = await store.Find(partition, row.Key, cancel); // gone already, or touched by a sweep
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "{Handler} got a message of {Length} characters that is no pointer, and dropped it")]
    private partial void NotAPointer(string handler, int length);

    [LoggerMessage(LogLevel.Warning, "{Handler} got a pointer to {Id}, which is for {Queue}, and dropped it")]
    private partial void NotOurs(string handler, string id, string queue);

    [LoggerMessage(LogLevel.Warning, "{Handler} was refused {Id}: {Code}")]
    private partial void Refused(string handler, string id, string code);
}
