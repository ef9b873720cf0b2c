using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-01: which member somebody is who logs in by an openid and, once WeChat tells it, a unionid.</summary>
/// <remarks>
/// The unionid is linked before the openid: of two first logins by two openids of one person, both find one member.
/// </remarks>
public sealed partial class Accounts(Identities identities, PartitionStore store, Ids ids, ILogger<Accounts> log)
{
    private const int AttemptsMax = 8;

    /// <summary>The member, or the id of one who is to be registered. An identity of who has left is free.</summary>
    /// <param name="openId">Key of the identity; see <see cref="Identities.OfOpenId"/>.</param>
    /// <param name="unionId">The same; null as long as WeChat does not tell it.</param>
    public async Task<string> MemberOf(string openId, string? unionId, CancellationToken cancel)
    {
        var newMemberId = ids.Next();
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var known = await identities.Find(openId, cancel);
            if (known is not null && !await HasLeft(known.MemberId, cancel))
            {
                if (unionId is not null) await Add(unionId, known.MemberId, cancel);
                return known.MemberId;
            }

            var memberId = unionId is null ? newMemberId : await OwnerOf(unionId, newMemberId, cancel);
            if (memberId is not null && await identities.TryLink(openId, memberId, replacing: known, cancel))
                return memberId;
        }

        throw new ContendedException(nameof(Accounts));
    }

    // Whose the unionid is; the candidate's when it was nobody's; null when somebody was faster.
    private async Task<string?> OwnerOf(string unionId, string candidateId, CancellationToken cancel)
    {
        var known = await identities.Find(unionId, cancel);
        if (known is not null && !await HasLeft(known.MemberId, cancel)) return known.MemberId;
        return await identities.TryLink(unionId, candidateId, replacing: known, cancel) ? candidateId : null;
    }

    // Two accounts of one person stay two, until somebody decides which of them lives on.
    private async Task Add(string unionId, string memberId, CancellationToken cancel)
    {
        var ownerId = await OwnerOf(unionId, memberId, cancel) ?? (await identities.Find(unionId, cancel))?.MemberId;
        if (ownerId != memberId) TwoAccounts(memberId, ownerId);
    }

    private async Task<bool> HasLeft(string memberId, CancellationToken cancel) =>
        (await store.Find<MemberStanding>(MemberRows.Partition(memberId), MemberRows.Head, cancel))?.Status
            is MemberStatus.Deleted;

    [LoggerMessage(LogLevel.Warning, "Member {MemberId} has the unionid of member {OwnerId}: one person, two accounts")]
    private partial void TwoAccounts(string memberId, string? ownerId);
}
