using System.Runtime.CompilerServices;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>All rows of a store in memory.</summary>
/// <param name="breaksAfter">Rows after which a scan fails.</param>
public sealed class MemoryWholeStore(MemoryPartitionStore store, int breaksAfter = int.MaxValue) : WholeStore
{
    public override Task Create(CancellationToken cancel) => Task.CompletedTask;

    protected override async IAsyncEnumerable<ScannedRow> ScanCore(
        RowPlace? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var given = 0;
        foreach (var row in store.Everything().Where(row => after is not { } place || row.Place.CompareTo(place) > 0))
        {
            await Task.CompletedTask.WaitAsync(cancel);
            if (given++ == breaksAfter) throw new StoreUnavailableException("The store is gone.");
            yield return row;
        }
    }
}
