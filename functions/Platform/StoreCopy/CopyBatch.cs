using System.Runtime.CompilerServices;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>Rows of one partition that a store takes in one commit.</summary>
internal sealed record CopyBatch(string Partition, IReadOnlyList<Write.Insert> Inserts)
{
    /// <summary>The rows in batches as large as a store surely takes.</summary>
    public static async IAsyncEnumerable<CopyBatch> Of(
        IAsyncEnumerable<ScannedRow> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (partition, inserts, bytes) = ("", new List<Write.Insert>(), 0L);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var insert = new Write.Insert(row.Place.Key, row.Data);
            var more = StoreLimits.WriteBytesMax(row.Place.Partition, insert);
            var isFull = inserts.Count == StoreLimits.WritesPerBatchMax || bytes + more > StoreLimits.BatchBytesMax;
            if (inserts.Count > 0 && (isFull || row.Place.Partition != partition))
            {
                yield return new CopyBatch(partition, inserts);
                (inserts, bytes) = ([], 0);
            }

            partition = row.Place.Partition;
            inserts.Add(insert);
            bytes += more;
        }

        if (inserts.Count > 0) yield return new CopyBatch(partition, inserts);
    }
}
