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
        if (await sharers.Find(code, cancel) is not { } share) return null;

        var arrived = new Arrived(memberId, arrival.RegisteredAt);
        var inviter = await Inviter(share, memberId, cancel);
        var programme = await ReferralProgrammeRows.Find(store, cancel);
        await transactor.Run(
            ReferralRows.Of(share.SharerId, memberId),
            new Operation(nameof(FriendDesk), share.SharerId + memberId, Fingerprint: null),
            (desk, now) => ReferralRules.Register(desk, arrived, inviter, programme, now),
            cancel);
        return share.SharerId;
    }

    private async Task<Inviter> Inviter(Share share, string memberId, CancellationToken cancel)
    {
        var (sharer, member) = (survivors.Find(share.SharerId, cancel), survivors.Find(memberId, cancel));
        await Task.WhenAll(sharer, member);
        var known = sharer.Result is { } standing ? await arrivals.Find(standing.Id, cancel) : null;
        var isSelf = sharer.Result is not null && sharer.Result.Id == member.Result?.Id;
        return new Inviter(
            share.SharerId, share.Token, share.Channel, isSelf, sharer.Result?.Status, known?.RegisteredAt);
    }
}
