using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Shares;

/// <summary>Who is behind a token or an invite code. A read model for other slices.</summary>
public sealed class Sharers(PartitionStore store)
{
    /// <summary>The share that somebody followed; null when the text leads to none.</summary>
    public async Task<Share?> Find(string text, CancellationToken cancel) => ShareTokens.Parse(text) is { } token
        ? await store.Find<Share>(ShareRows.Partition(token), ShareRows.Head, cancel)
        : null;
}
