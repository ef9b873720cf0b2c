using Microsoft.Extensions.DependencyInjection;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests;

/// <summary>
/// Delivers as badly as a queue may: thrice, in any order, and again after the sender forgot that it was done.
/// </summary>
internal static class Redelivery
{
    private const int ExtraPointers = 2;

    /// <summary>Delivers what waits; every pointer comes three times, and the order is drawn from the seed.</summary>
    /// <returns>The outbox rows that were waiting at first.</returns>
    public static async Task<IReadOnlyList<StoredRow>> DeliverThrice(this MiniProgramApi api, int seed)
    {
        var waiting = Waiting(api);
        await api.SendPointers(waiting, seed);
        await api.Deliver();
        return waiting;
    }

    /// <summary>Puts outbox rows back as if their removal had been lost, and delivers them once more.</summary>
    public static async Task DeliverAsIfNeverRemoved(this MiniProgramApi api, IReadOnlyList<StoredRow> rows, int seed)
    {
        foreach (var row in rows)
        {
            var outcome = await api.Store.Commit(
                row.Partition, [new Write.Insert(row.Key, row.Data)], CancellationToken.None);
            Assert.IsType<CommitOutcome.Committed>(outcome);
        }

        await api.SendPointers(rows, seed);
        await api.Deliver();
    }

    public static IReadOnlyList<StoredRow> Waiting(MiniProgramApi api) =>
        [.. StoredRow.All(api).Where(row => row.IsWaiting)];

    private static async Task SendPointers(this MiniProgramApi api, IReadOnlyList<StoredRow> rows, int seed)
    {
        var queues = api.Services.GetRequiredService<MessageQueues>();
        StoredRow[] pointers = [.. Enumerable.Repeat(rows, ExtraPointers).SelectMany(copy => copy)];
        new Random(seed).Shuffle(pointers);
        foreach (var row in pointers)
        {
            var outbox = Stored.Read<OutboxRow>(row.Data);
            var pointer = new OutboxPointer(row.Partition, outbox.Id).ToString();
            await queues.Send(outbox.Queue, pointer, TimeSpan.Zero, CancellationToken.None);
        }
    }
}
