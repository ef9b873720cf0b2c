using System.Security.Cryptography;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>What a copy amounts to.</summary>
/// <param name="Sha256">Over the header and all rows as lines, in hexadecimal.</param>
public sealed record CopySum(long Rows, long Partitions, string Sha256);

/// <summary>Counts and hashes rows in their order.</summary>
internal sealed class CopyTally : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long rows;
    private long partitions;

    public CopyTally() => hash.AppendData(CopyFormat.Header);

    /// <summary>The place of the row that was added last, or null.</summary>
    public RowPlace? Last { get; private set; }

    public CopySum Sum => new(rows, partitions, Convert.ToHexStringLower(hash.GetCurrentHash()));

    /// <summary>Why the row cannot be the next one, or null.</summary>
    public string? Broken(ScannedRow row) => row.Place switch
    {
        var place when Keys.Broken(place.Partition) is { } reason => reason,
        { Partition: WholeStore.ProbePartition } => "This partition is never copied.",
        var place when Last is { } last && place.CompareTo(last) <= 0 => $"It must not stand behind {last}.",
        var place => StoreLimits.Broken(place.Partition, [new Write.Insert(place.Key, row.Data)]),
    };

    public void Add(ScannedRow row, ReadOnlySpan<byte> line)
    {
        hash.AppendData(line);
        rows++;
        if (Last?.Partition != row.Place.Partition) partitions++;
        Last = row.Place;
    }

    public void Dispose() => hash.Dispose();
}
