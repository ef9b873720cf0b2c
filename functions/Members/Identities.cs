using System.Security.Cryptography;
using System.Text;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>
/// AUTH-01, AUTH-02: which member an openid, a unionid or a phone number is. Partition <c>i:{hash}</c>, the row
/// <c>identity</c>.
/// </summary>
/// <remarks>
/// Phone numbers are few enough to try them all, so theirs is a keyed hash, which tells nothing without the key.
/// </remarks>
public sealed class Identities(PartitionStore store, Transactor transactor, PersonalDataOptions options, Ids ids)
{
    private const string Head = "identity";
    private const string FirstKey = "!";
    private const string PastKeys = "~";
    private const int HashBytes = 16;
    private const int AttemptsMax = 8;

    private static readonly Refusal Taken =
        new("identity.taken", RefusalKind.Conflict, "该身份已属于另一位会员。");

    private readonly byte[] indexKey = Convert.FromBase64String(options.IndexKey);

    /// <summary>The key of an openid, which is one app's name for a user.</summary>
    public static string OfOpenId(string appId, string openId) => Keys.Hash(appId, openId);

    /// <summary>The key of a unionid, which is one user's name over all the brand's apps.</summary>
    public static string OfUnionId(string unionId) => Keys.Hash("unionid", unionId);

    /// <summary>The key of a phone number in its canonical form.</summary>
    public string OfPhone(string number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(number)).AsSpan(0, HashBytes));

    /// <summary>Whose it is, or null when it is nobody's.</summary>
    public Task<Identity?> Find(string key, CancellationToken cancel) =>
        store.Find<Identity>(Partition(key), Head, cancel);

    /// <summary>Makes it this member's, unless it is somebody else's.</summary>
    /// <param name="replacing">Whom it may be taken from: exactly this claim, and no later one.</param>
    /// <returns>True when it is this member's now; false when it is somebody else's.</returns>
    public async Task<bool> TryLink(string key, string memberId, Identity? replacing, CancellationToken cancel)
    {
        var claim = ids.Next();
        var decision = await transactor.Run(
            Layout(Partition(key)),
            new Operation(nameof(TryLink), claim, Fingerprint: null),
            (linked, now) => linked is null || linked == replacing || linked.MemberId == memberId
                ? (Decision<Identity>)new Identity(memberId, now, claim)
                : Taken,
            cancel);
        return decision.Refusal is null;
    }

    /// <summary>Makes it nobody's, if it still is what it was: the row goes, and what its operations left.</summary>
    public async Task Unlink(string key, Identity was, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var page = await store.Range(
                Partition(key), FirstKey, PastKeys, StoreLimits.WritesPerBatchMax, cancel);
            if (page.Rows.FirstOrDefault(row => row.Key == Head) is not { } head
                || Stored.Read<Identity>(head.Data) != was) return;
            Write[] deletes = [.. page.Rows.Select(row => new Write.Delete(row.Key, row.ETag))];
            if (await store.Commit(Partition(key), deletes, cancel) is CommitOutcome.Committed) return;
        }

        throw new ContendedException(nameof(Unlink));
    }

    private static string Partition(string key) => "i:" + key;

    private static Layout<Identity?, Identity> Layout(string partition) => new(
        partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<Identity>(Head),
        Write: identity => identity is null ? [] : [new StateRow(Head, identity)],
        Evolve: (_, linked) => linked);
}

/// <summary>That somebody is a member.</summary>
/// <param name="Claim">Names this claim, so that a later one by the same member is another.</param>
public sealed record Identity(string MemberId, DateTimeOffset LinkedAt, string Claim = "");
