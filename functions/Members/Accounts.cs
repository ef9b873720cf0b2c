using Pond.Platform;

namespace Pond.Members;

/// <summary>AUTH-01: which member somebody is who logs in by an openid and, once WeChat tells it, a unionid.</summary>
/// <remarks>
/// The unionid is linked before the openid: of two first logins by two openids of one person, both find one member.
/// </remarks>
public sealed partial class Accounts(Identities identities, Survivors survivors, Ids ids, ILogger<Accounts> log)
{
    private const int AttemptsMax = 8;

    /// <summary>The member, or the id of one who is to be registered. An identity of who has left is free.</summary>
    /// <param name="openId">Key of the identity; see <see cref="Identities.OfOpenId"/>.</param>
    /// <param name="unionId">The same; null as long as WeChat does not tell it.</param>
    /// <param name="arrival">How they came this time; kept before anything else when they are new.</param>
    public async Task<string> MemberOf(string openId, string? unionId, Arrival arrival, CancellationToken cancel)
    {
        var newMemberId = ids.Next();
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var known = await identities.Find(openId, cancel);
            if (await LivingOf(known, cancel) is { } livingId)
            {
                if (unionId is not null) await Add(unionId, livingId, arrival, cancel);
                return livingId;
            }

            if (known is not null) await identities.Unlink(openId, known, cancel); // nothing of who has left stays
            var memberId = unionId is null ? newMemberId : await OwnerOf(unionId, newMemberId, arrival, cancel);
            if (memberId is not null && await identities.TryLink(openId, memberId, replacing: null, cancel, arrival))
                return memberId;
        }

        throw new ContendedException(nameof(Accounts));
    }

    /// <summary>How somebody came first who is not registered yet, since their first login was cut off.</summary>
    public async Task<Arrival?> ArrivalOf(string openId, string? unionId, CancellationToken cancel) =>
        (unionId is null ? null : (await identities.Find(unionId, cancel))?.Arrival)
        ?? (await identities.Find(openId, cancel))?.Arrival;

    // Whose the unionid is; the candidate's when it was nobody's; null when somebody was faster.
    private async Task<string?> OwnerOf(
        string unionId, string candidateId, Arrival arrival, CancellationToken cancel)
    {
        var known = await identities.Find(unionId, cancel);
        if (await LivingOf(known, cancel) is { } ownerId) return ownerId;
        if (known is not null) await identities.Unlink(unionId, known, cancel);
        return await identities.TryLink(unionId, candidateId, replacing: null, cancel, arrival) ? candidateId : null;
    }

    // Two accounts of one person stay two, until they ask to be one.
    private async Task Add(string unionId, string memberId, Arrival arrival, CancellationToken cancel)
    {
        var ownerId = await OwnerOf(unionId, memberId, arrival, cancel)
            ?? await LivingOf(await identities.Find(unionId, cancel), cancel);
        if (ownerId != memberId) TwoAccounts(memberId, ownerId);
    }

    // Who it is now, registered or about to be; null when it is nobody's, or theirs who has left.
    private async Task<string?> LivingOf(Identity? identity, CancellationToken cancel)
    {
        if (identity is null) return null;
        var standing = await survivors.Find(identity.MemberId, cancel);
        return standing?.Status is MemberStatus.Deleted ? null : standing?.Id ?? identity.MemberId;
    }

    [LoggerMessage(LogLevel.Warning, "Member {MemberId} has the unionid of member {OwnerId}: one person, two accounts")]
    private partial void TwoAccounts(string memberId, string? ownerId);
}
