using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.GroupBuys;

/// <summary>GRP-02, GRP-03: an order of a group was paid, or gives its seat back.</summary>
public sealed class GroupOnOrderMoved(
    Inbox inbox, Transactor transactor, LiveActivities activities, PaidOrders paidOrders, LateWays lateWays)
{
    [Function(nameof(GroupOnOrderMoved))]
    public Task Run(
        [QueueTrigger(OrderMessages.GroupBuyQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<DealMovedV1>(
            nameof(GroupOnOrderMoved), OrderMessages.GroupBuyQueue, message, Move, cancel);

    private async Task<Refusal?> Move(DealMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        if (await activities.Find(ActivityKind.GroupBuy, moved.ActivityId, cancel) is not { } activity)
            return ActivityRefusals.Missing;
        if (moved.Move is DealMove.Paid) return await Pay(activity, moved, operation, cancel);

        if (moved.Move is DealMove.Cancelled)
        {
            await transactor.Run(
                GroupRows.Of(moved.SubjectId, moved.OrderId),
                operation,
                (desk, now) => GroupRules.Release(
                    desk, SeatKeeper.GroupOf(activity, moved.SubjectId, now), moved.OrderId, now),
                cancel);
        }

        await transactor.Run(
            GroupUses.Layout(moved.ActivityId, moved.MemberId),
            operation,
            (uses, _) => GroupUses.Release(uses, moved.OrderId),
            cancel);
        return null;
    }

    private async Task<Refusal?> Pay(
        Activity activity, DealMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        var isNewcomer = !await paidOrders.HasAny(moved.MemberId, moved.OrderId, cancel);
        var late = await lateWays.Find(activity, moved.SubjectId, moved.OrderId, hops: 0, isNewcomer, cancel);
        var decision = await transactor.Run(
            GroupRows.Of(moved.SubjectId, moved.OrderId),
            operation,
            (desk, now) => desk.Seats.Concat(desk.Gone).FirstOrDefault(seat => seat.OrderId == moved.OrderId)
                is { } seat
                ? GroupRules.Pay(desk, seat, isNewcomer, late, now)
                : GroupRefusals.Missing,
            cancel);
        return decision.Refusal;
    }
}
