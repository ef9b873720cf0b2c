using System.Runtime.CompilerServices;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>Writes the rows of a file into a store that holds nothing else.</summary>
/// <remarks>
/// Nothing is written before the whole file has been checked, and all that the store holds has been found in it: so an
/// import may be killed at any moment and run again, and never mixes with a store that has been used.
/// </remarks>
public sealed class StoreImport(
    WholeStore whole, PartitionStore store, Dice dice, TimeProvider clock, CopyProgress progress)
{
    /// <summary>Batches under way at once.</summary>
    public const int BatchesAtOnce = 8;

    /// <summary>Tries of one batch.</summary>
    public const int AttemptsMax = 8;

    private const int FirstPauseMsMax = 100;

    /// <summary>Imports, and reads again what the store then holds.</summary>
    /// <exception cref="StoreCopyException">The file is broken, or the store holds something else.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer: the same call goes on.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<CopySum> Run(string path, CancellationToken cancel)
    {
        var sum = await Check(path, cancel);
        await whole.Create(cancel);
        await foreach (var _ in progress.Of("missing in the store", Missing(path, cancel), cancel))
        {
            // only to see, before anything is written, that the store holds nothing else
        }

        var missing = progress.Of("imported", Missing(path, cancel), cancel);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancel };
#pragma warning disable RS0030 // a command of its own, in whatever order
        await Parallel.ForEachAsync(CopyBatch.Of(missing, cancel), limit, Insert);
#pragma warning restore RS0030

        var held = await Held(cancel);
        return held == sum ? sum : throw new StoreCopyException(
            $"The store holds {held.Rows} rows in {held.Partitions} partitions with the hash {held.Sha256}, and " +
            $"{path} says {sum.Rows} in {sum.Partitions} with {sum.Sha256}: somebody else writes to the store.");
    }

    private async Task<CopySum> Check(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        using var reader = new CopyReader(file, path);
        await foreach (var _ in progress.Of("checked in the file", reader.Rows(cancel), cancel))
        {
            // the reader counts
        }

        return reader.WholeSum();
    }

    /// <summary>The rows of the file that the store lacks.</summary>
    /// <exception cref="StoreCopyException">The store holds a row that the file does not hold.</exception>
    private async IAsyncEnumerable<ScannedRow> Missing(
        string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        using var reader = new CopyReader(file, path);
        await using var held = whole.Scan(null, cancel).GetAsyncEnumerator(cancel);
        var isHeld = await held.MoveNextAsync();
        await foreach (var row in reader.Rows(cancel))
        {
            switch (isHeld ? held.Current.Place.CompareTo(row.Place) : 1)
            {
                case < 0:
                    throw InUse(held.Current.Place);
                case 0:
                    if (held.Current.Data != row.Data) throw Different(row.Place);
                    isHeld = await held.MoveNextAsync();
                    break;
                default:
                    yield return row;
                    break;
            }
        }

        if (isHeld) throw InUse(held.Current.Place);
    }

    private async ValueTask Insert(CopyBatch batch, CancellationToken cancel)
    {
        IReadOnlyList<Write> left = batch.Inserts;
        CommitOutcome? outcome = null;
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            outcome = await store.Commit(batch.Partition, left, cancel);
            if (outcome is CommitOutcome.Committed) return;
            if (outcome is CommitOutcome.Rejected rejected) throw new StoreCopyException(rejected.Reason);

            await Pause(attempt, cancel);
            left = await Lacking(batch.Partition, left, cancel);
            if (left.Count == 0) return;
        }

        throw new StoreUnavailableException(
            $"The store did not take a batch in {AttemptsMax} tries.", (outcome as CommitOutcome.Unknown)?.Cause);
    }

    /// <summary>What of a batch is not stored: a lost answer says neither yes nor no.</summary>
    private async Task<IReadOnlyList<Write>> Lacking(
        string partition, IReadOnlyList<Write> inserts, CancellationToken cancel)
    {
        var lacking = new List<Write>();
        foreach (var insert in inserts.Cast<Write.Insert>())
        {
            var row = await store.Find(partition, insert.Key, cancel);
            if (row is null) lacking.Add(insert);
            else if (row.Data != insert.Data) throw Different(new RowPlace(partition, insert.Key));
        }

        return lacking;
    }

    private async Task<CopySum> Held(CancellationToken cancel)
    {
        using var tally = new CopyTally();
        await foreach (var row in progress.Of("read again", whole.Scan(null, cancel), cancel))
            tally.Add(row, CopyFormat.Line(row));
        return tally.Sum;
    }

    private Task Pause(int attempt, CancellationToken cancel) => Task.Delay(
        TimeSpan.FromMilliseconds(1 + dice.Roll(FirstPauseMsMax << (attempt - 1))), clock, cancel);

    private static StoreCopyException InUse(RowPlace place) => new(
        $"The store is in use: it holds {place}, and the file does not. Import into an empty store.");

    private static StoreCopyException Different(RowPlace place) => new(
        $"The store is in use: it holds {place} with other data than the file. Import into an empty store.");
}
