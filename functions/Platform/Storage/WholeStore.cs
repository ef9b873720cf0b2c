using System.Runtime.CompilerServices;

namespace Pond.Platform.Storage;

/// <summary>
/// A store seen as a whole, for copies of it: what no function may do, as reading everything takes hours in a large
/// store.
/// </summary>
public abstract class WholeStore
{
    /// <summary>
    /// Holds the mark by which an app proves that its store works, and nothing that belongs to anybody: so it is left
    /// out here, and an app that has merely been asked how it is has not used its store.
    /// </summary>
    public const string ProbePartition = "health";

    /// <summary>Makes what holds the rows, should it be missing.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public abstract Task Create(CancellationToken cancel);

    /// <summary>Every row behind the place, or every row at all, in the order of their places.</summary>
    /// <remarks>
    /// Whether it is the state of one moment while others write depends on the adapter, which says so.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The store did not answer, or answered out of order.</exception>
    public async IAsyncEnumerable<ScannedRow> Scan(
        RowPlace? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = after;
        await foreach (var row in ScanCore(after, cancel))
        {
            if (last is { } before && row.Place.CompareTo(before) <= 0)
                throw new StoreUnavailableException($"The store gave {row.Place} after {before}: out of order.");
            last = row.Place;
            if (row.Place.Partition != ProbePartition) yield return row;
        }
    }

    protected abstract IAsyncEnumerable<ScannedRow> ScanCore(RowPlace? after, CancellationToken cancel);
}

/// <summary>Where a row lies. Places are in ordinal order of the partition, then of the key.</summary>
public readonly record struct RowPlace(string Partition, string Key)
{
    /// <summary>Below 0 when this place comes before the other, 0 when it is the same.</summary>
    public int CompareTo(RowPlace other) => string.CompareOrdinal(Partition, other.Partition) is not 0 and var order
        ? order
        : string.CompareOrdinal(Key, other.Key);

    public override string ToString() => $"the row {Key} of the partition {Partition}";
}

/// <summary>A row as a scan finds it: without its ETag, which means nothing in another store.</summary>
public sealed record ScannedRow(RowPlace Place, string Data);
