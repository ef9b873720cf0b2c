using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Remembers which outbox rows were sent again and again in vain, for a person to look at.</summary>
/// <remarks>
/// Partition <c>{spread}:stuck</c>, rows <c>stuck:{hash}</c>: pointers only, since the outbox rows are the truth. They
/// are few, or there is a failure that somebody is busy with already.
/// </remarks>
public sealed class StuckRows(PartitionStore store, TimeProvider clock)
{
    public const string Prefix = "stuck";

    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Prefix)[..SpreadChars]}:{Prefix}";

    /// <summary>The outbox row behind one of the rows, or null once its effect is done.</summary>
    public async Task<OutboxRow?> Find(OutboxPointer place, CancellationToken cancel) =>
        await store.Find(place.Partition, OutboxRow.KeyOf(place.Id), cancel) is { } row
            ? Stored.Read<OutboxRow>(row.Data)
            : null;

    /// <summary>Remembers a row; once more does no harm.</summary>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it is remembered.</exception>
    internal async Task Remember(OutboxPointer place, CancellationToken cancel)
    {
        var row = new Write.Insert($"{Prefix}:{Keys.Hash(place.Partition, place.Id)}", Stored.Write(place));
        var outcome = await store.Commit(Partition, [row], cancel);
        if (outcome is not (CommitOutcome.Committed or CommitOutcome.Conflict))
            throw new StoreUnavailableException($"A stuck row could not be remembered: {outcome}");
    }

    /// <summary>Forgets the rows whose effect is done, as far as it gets in the time of a sweep.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetDone(CancellationToken cancel)
    {
        var (forgotten, endsAt) = (0, clock.GetUtcNow() + DueSweep.TimeLimit);
        await foreach (var row in store.ReadEach(Partition, Keys.Under(Prefix), DueSweep.RowsPerPage, cancel))
        {
            if (clock.GetUtcNow() >= endsAt) break;
            if (await Find(Stored.Read<OutboxPointer>(row.Data), cancel) is not null) continue;
            await store.Commit(Partition, [new Write.Delete(row.Key, row.ETag)], cancel);
            forgotten++;
        }

        return forgotten;
    }
}
