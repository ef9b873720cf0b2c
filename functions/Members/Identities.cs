using System.Security.Cryptography;
using System.Text;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.Members;

/// <summary>
/// AUTH-01, AUTH-02: which member an openid, a unionid or a phone number is. Partition <c>i:{hash}</c>, the row
/// <c>identity</c>.
/// </summary>
/// <remarks>
/// The hashes are keyed: phone numbers are few enough to try them all, and others may know somebody's openid.
/// </remarks>
public sealed class Identities(
    PartitionStore store, Transactor transactor, PersonalDataOptions options, WeChatOptions weChat, Ids ids)
{
    private const string Head = "identity";
    private const string FirstKey = "!";
    private const string PastKeys = "~";
    private const int HashBytes = 16;
    private const int AttemptsMax = 8;

    private static readonly Refusal Taken =
        new("identity.taken", RefusalKind.Conflict, "该身份已属于另一位会员。");

    private readonly byte[] indexKey = Convert.FromBase64String(options.IndexKey);

    /// <summary>The key of an openid, which is this app's name for a user.</summary>
    public string OfOpenId(string openId) => Hashed($"openid/{weChat.AppId}/{openId}");

    /// <summary>The key of a unionid, which is one user's name over all the brand's apps.</summary>
    public string OfUnionId(string unionId) => Hashed($"unionid/{unionId}");

    /// <summary>The key of a phone number in its canonical form.</summary>
    public string OfPhone(string number) => Hashed(number);

    /// <summary>Every key that may lead to a member, as the person behind them tells.</summary>
    public IEnumerable<string> KeysOf(Person person) =>
        (person.Identities ?? [])
            .Append(OfOpenId(person.OpenId))
            .Concat(person.Numbers.Select(OfPhone))
            .Distinct();

    /// <summary>Whose it is, or null when it is nobody's.</summary>
    public Task<Identity?> Find(string key, CancellationToken cancel) =>
        store.Find<Identity>(Partition(key), Head, cancel);

    /// <summary>Makes it this member's, unless it is somebody else's.</summary>
    /// <param name="replacing">Whom it may be taken from: exactly this claim, and no later one.</param>
    /// <param name="arrival">How they came, kept with a new claim.</param>
    /// <returns>True when it is this member's now; false when it is somebody else's.</returns>
    public async Task<bool> TryLink(
        string key, string memberId, Identity? replacing, CancellationToken cancel, Arrival? arrival = null)
    {
        var claim = ids.Next();
        var decision = await transactor.Run(
            Layout(Partition(key)),
            new Operation(nameof(TryLink), claim, Fingerprint: null),
            (linked, now) => linked is null || linked == replacing || linked.MemberId == memberId
                ? (Decision<Identity>)new Identity(memberId, now, claim, arrival)
                : Taken,
            cancel);
        return decision.Refusal is null;
    }

    /// <summary>Makes it nobody's, if it still is what it was: the row goes, and what its operations left.</summary>
    /// <remarks>
    /// A claim whose answer was lost may land behind this. It then names somebody who has left, and whoever comes by
    /// next clears it away.
    /// </remarks>
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

    /// <summary>
    /// Takes back what was linked to a member who has been erased meanwhile, too late for the erasure to find it.
    /// </summary>
    public async Task Release(string memberId, IEnumerable<string> keys, CancellationToken cancel)
    {
        foreach (var key in keys)
        {
            if (await Find(key, cancel) is { } identity && identity.MemberId == memberId)
                await Unlink(key, identity, cancel);
        }
    }

    private string Hashed(string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(name)).AsSpan(0, HashBytes));

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
/// <param name="Arrival">How the first login came that made it; null for every other.</param>
public sealed record Identity(string MemberId, DateTimeOffset LinkedAt, string Claim = "", Arrival? Arrival = null);

/// <summary>AUTH-05: how somebody came to the mini-program.</summary>
/// <param name="Scene">The scene of the launch options, as WeChat tells it.</param>
/// <param name="InviteCode">The invitation that led here.</param>
public sealed record Arrival(string? Scene, string? InviteCode);
