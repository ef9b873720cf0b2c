using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Shares;

/// <summary>Who has shared something, and where. A read model of a share for other slices.</summary>
/// <param name="Channel">Null when that was not said.</param>
public sealed record Sharer(string SharerId, string Token, string? Channel);

/// <summary>Tells who is behind a token or an invite code.</summary>
public sealed class Sharers(PartitionStore store)
{
    /// <summary>Whose it is that somebody followed; null when the text leads to no share.</summary>
    public async Task<Sharer?> Find(string text, CancellationToken cancel) => ShareTokens.Parse(text) is { } token
        ? await store.Find<Sharer>(ShareRows.Partition(token), ShareRows.Head, cancel)
        : null;

    /// <summary>The same as a whole, for this slice.</summary>
    internal async Task<Share?> FindShare(string text, CancellationToken cancel) => ShareTokens.Parse(text) is { } token
        ? await store.Find<Share>(ShareRows.Partition(token), ShareRows.Head, cancel)
        : null;
}
