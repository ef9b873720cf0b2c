using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-02: keeps a seat for an order that is being placed.</summary>
public sealed class SeatKeeper(
    Transactor transactor, PartitionStore store, LiveActivities activities, PaidOrders paidOrders) : IDealKeeper
{
    public ActivityKind Kind => ActivityKind.GroupBuy;

    /// <inheritdoc/>
    public async Task<Refusal?> Keep(DealHold hold, CancellationToken cancel)
    {
        if (await activities.Find(Kind, hold.ActivityId, cancel) is not { } activity)
            return ActivityRefusals.Missing;
        var terms = activity.TermsAs<GroupBuyTerms>();
        var use = await transactor.Run(
            GroupUses.Layout(hold.ActivityId, hold.MemberId),
            new Operation($"{nameof(GroupUses)}.{nameof(GroupUses.Reserve)}", hold.OrderId, Fingerprint: null),
            (uses, _) => GroupUses.Reserve(uses, hold.OrderId, terms.OrdersPerMemberMax),
            cancel);
        if (use.Refusal is { } limit) return limit;

        var isNewcomer = !await paidOrders.HasAny(hold.MemberId, hold.OrderId, cancel);
        var isKnown = await store.Find(GroupRows.Partition(hold.SubjectId), GroupRows.Head, cancel) is not null;
        var decision = await transactor.Run(
            GroupRows.Of(hold.SubjectId, hold.OrderId),
            new Operation(nameof(SeatKeeper), hold.OrderId, Fingerprint: null),
            (desk, now) => desk.Group is null || !isKnown
                ? GroupRules.Start(
                    desk, GroupOf(activity, hold.SubjectId, now), SeatOf(hold, terms, isStart: true, now))
                : GroupRules.Hold(desk, SeatOf(hold, terms, isStart: false, now), isNewcomer, now),
            cancel);
        return decision.Refusal;
    }

    /// <summary>A group as it begins.</summary>
    internal static Group GroupOf(Activity activity, string groupId, DateTimeOffset now)
    {
        var terms = activity.TermsAs<GroupBuyTerms>();
        return new Group(
            groupId, activity.Id, terms, GroupState.Forming, now, now.AddMinutes(terms.GroupMinutes),
            LeaderOrderId: null, VirtualSeats: 0, Seq: 0);
    }

    private static Seat SeatOf(DealHold hold, GroupBuyTerms terms, bool isStart, DateTimeOffset now)
    {
        var price = terms.PriceOf(hold.SkuId)!;
        var needsNewcomer = !isStart
            && (terms.Joiners is JoinerRule.Newcomers || hold.PriceFen < price.PriceFen);
        return new Seat(
            hold.OrderId, hold.MemberId, SeatState.Held, now.AddMinutes(terms.SeatMinutes), hold.SkuId,
            hold.Quantity, hold.PriceFen, needsNewcomer);
    }
}
