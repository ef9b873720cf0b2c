using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>REF-03: the friends whom a member has brought, and what they got for each.</summary>
public sealed class ListMyReferrals(
    PartitionStore store, MemberCallers callers, Survivors survivors, MemberNames names)
{
    /// <param name="Name">Masked.</param>
    /// <param name="Points">What the caller has of the reward by now.</param>
    /// <param name="Growth">The same.</param>
    /// <param name="RewardAt">When the reward is due; null while it is not.</param>
    public sealed record Item(
        string Name,
        FriendState State,
        DateTimeOffset RegisteredAt,
        DateTimeOffset? RewardAt,
        long Points,
        long Growth);

    [Function(nameof(ListMyReferrals))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我邀请的好友"), Tags("老带新")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/referrals")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var (from, until) = Keys.Under(ReferralRows.FriendPrefix);
        var accounts = await survivors.AccountsOf(caller.Id, cancel);
        var page = await Paging.Of(request, from, until).Read(
            store, accounts.Select(ReferralRows.Partition), row => Stored.Read<Friend>(row.Data), cancel);
        var called = await Task.WhenAll(page.Items.Select(friend => names.Shown(friend.MemberId, cancel)));
        return Results.Ok(new Listing<Item>(
            [.. page.Items.Select((friend, i) => ItemOf(friend, called[i]))], page.Next));
    }

    private static Item ItemOf(Friend friend, string name)
    {
        var mine = friend.Payouts.FirstOrDefault(payout => payout.Side is ReferralSide.Referrer);
        return new Item(
            name, friend.State, friend.RegisteredAt, friend.RewardAt,
            (mine?.Reward.Points ?? 0) - (mine?.ReversedPoints ?? 0),
            (mine?.Reward.Growth ?? 0) - (mine?.ReversedGrowth ?? 0));
    }
}
