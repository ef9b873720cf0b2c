using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.GroupBuys;

/// <summary>GRP-03: a payment that came too late elsewhere finds a seat here, starts a group, or goes on.</summary>
public sealed class GroupOnSeatSent(
    Inbox inbox, Transactor transactor, LiveActivities activities, PaidOrders paidOrders, LateWays lateWays)
{
    [Function(nameof(GroupOnSeatSent))]
    public Task Run(
        [QueueTrigger(GroupMessages.SentQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<SeatSentV1>(nameof(GroupOnSeatSent), GroupMessages.SentQueue, message, Receive, cancel);

    private async Task<Refusal?> Receive(SeatSentV1 sent, Operation operation, CancellationToken cancel)
    {
        var seat = sent.Seat;
        if (await activities.Find(ActivityKind.GroupBuy, sent.ActivityId, cancel) is not { } activity)
            return ActivityRefusals.Missing;

        var isNewcomer = !await paidOrders.HasAny(seat.MemberId, seat.OrderId, cancel);
        var late = await lateWays.Find(activity, sent.GroupId, seat.OrderId, seat.Hops, isNewcomer, cancel);
        var decision = await transactor.Run(
            GroupRows.Of(sent.GroupId, seat.OrderId),
            operation,
            (desk, now) => sent.IsNew
                ? GroupRules.StartPaid(desk, SeatKeeper.GroupOf(activity, sent.GroupId, now), seat, now)
                : GroupRules.Pay(desk, seat, isNewcomer, late, now),
            cancel);
        return decision.Refusal;
    }
}
