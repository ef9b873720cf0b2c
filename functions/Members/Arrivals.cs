using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>How a member came first. A read model of the partition's head for other slices.</summary>
/// <param name="Scene">As WeChat's scene tells; null when it did not say.</param>
/// <param name="InviteCode">Of the invitation that led here; null for none.</param>
public sealed record MemberArrival(string Id, DateTimeOffset RegisteredAt, string? Scene, string? InviteCode);

/// <summary>Tells how members came first.</summary>
public sealed class Arrivals(PartitionStore store)
{
    /// <summary>Of this very account, whatever it has become part of; null when there is no such member.</summary>
    public Task<MemberArrival?> Find(string memberId, CancellationToken cancel) =>
        store.Find<MemberArrival>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
}
