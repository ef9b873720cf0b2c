using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Shares;

namespace Pond.Referrals;

/// <summary>Knows whose friend a member is. The first who asks writes it down, be it that messages overtake.</summary>
public sealed class FriendDesk(
    Transactor transactor, PartitionStore store, Arrivals arrivals, Sharers sharers, Survivors survivors)
{
    /// <summary>The id of the sharer who brought the member, or null for nobody.</summary>
    public async Task<string?> SharerOf(string memberId, CancellationToken cancel)
    {
        if (await arrivals.Find(memberId, cancel) is not { InviteCode: { } code } arrival) return null;
        if (await sharers.Find(code, cancel) is not { } sharer) return null;

        var arrived = new Arrived(memberId, arrival.RegisteredAt);
        var inviter = await Inviter(sharer, memberId, cancel);
        var programme = await ReferralProgrammeRows.Find(store, cancel);
        await transactor.Run(
            ReferralRows.Of(sharer.SharerId, memberId),
            new Operation(nameof(FriendDesk), sharer.SharerId + memberId, Fingerprint: null),
            (desk, now) => ReferralRules.Register(desk, arrived, inviter, programme, now),
            cancel);
        return sharer.SharerId;
    }

    private async Task<Inviter> Inviter(Sharer sharer, string memberId, CancellationToken cancel)
    {
        var (finding, member) = (survivors.Find(sharer.SharerId, cancel), survivors.Find(memberId, cancel));
        await Task.WhenAll(finding, member);
        var standing = finding.Result;
        var known = standing is null ? null : await arrivals.Find(standing.Id, cancel);
        return new Inviter(
            sharer.SharerId, sharer.Token, sharer.Channel, standing is not null && standing.Id == member.Result?.Id,
            MemberStanding.IsGone(standing), known?.RegisteredAt);
    }
}
