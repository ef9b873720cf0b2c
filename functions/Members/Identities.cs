using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-01: which member an openid is. Partition <c>i:{hash of appid and openid}</c>, one row.</summary>
public sealed class Identities(PartitionStore store, Transactor transactor)
{
    private const string Head = "identity";

    /// <summary>The member's id, or null when this openid never logged in.</summary>
    public async Task<string?> Find(string appId, string openId, CancellationToken cancel) =>
        (await store.Find<Identity>(Partition(appId, openId), Head, cancel))?.MemberId;

    /// <summary>Makes the openid this member, unless it is one already.</summary>
    /// <returns>The id of the member that it is now.</returns>
    public async Task<string> Link(string appId, string openId, string newMemberId, CancellationToken cancel)
    {
        var operation = new Operation(nameof(Link), openId, Fingerprint: null);
        var decision = await transactor.Run(
            Layout(Partition(appId, openId)),
            operation,
            (linked, now) => linked ?? new Identity(newMemberId, now),
            cancel);
        return decision.Facts.Single().MemberId; // of the first call, whoever made it
    }

    private static string Partition(string appId, string openId) => "i:" + Keys.Hash(appId, openId);

    private static Layout<Identity?, Identity> Layout(string partition) => new(
        partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<Identity>(Head),
        Write: identity => identity is null ? [] : [new StateRow(Head, identity)],
        Evolve: (_, linked) => linked);

    private sealed record Identity(string MemberId, DateTimeOffset LinkedAt);
}
