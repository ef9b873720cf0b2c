using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>PTS-13: gives back what a refunded order spent, and takes back what it brought.</summary>
public sealed class PointsOnOrderRefunded(Inbox inbox, Transactor transactor, Survivors survivors, Ids ids)
{
    [Function(nameof(PointsOnOrderRefunded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RefundedPointsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRefundedV1>(
            nameof(PointsOnOrderRefunded), OrderMessages.RefundedPointsQueue, message, Undo, cancel);

    // What comes back settles the debt that what is taken may leave; the other way round it would be the same.
    private async Task<Refusal?> Undo(OrderRefundedV1 refunded, Operation operation, CancellationToken cancel)
    {
        var (cause, gift) = (OrderBookingRules.CauseOf(refunded.OrderId), OrderBookingRules.GiftOf(refunded.OrderId));
        var whyNotGiven = await GiveBack(refunded, cause, operation, cancel);
        var whyNotTaken = await TakeBack(
            refunded.MemberId, cause, refunded.ReversedPoints, refunded.EarnedPoints,
            operation with { Key = $"{operation.Key} earned" }, cancel);
        var whyNoGift = await TakeBack(
            refunded.MemberId, gift, refunded.ReversedGiftPoints, refunded.GiftPoints,
            operation with { Key = $"{operation.Key} gift" }, cancel);
        return whyNotGiven ?? whyNotTaken ?? whyNoGift;
    }

    // On the account that placed the order, which spent them; what becomes free there goes on to the survivor.
    private async Task<Refusal?> GiveBack(
        OrderRefundedV1 refunded, Cause cause, Operation operation, CancellationToken cancel)
    {
        if (refunded.ReturnedPoints == 0) return null;

        var (share, lotId) = (new Share(refunded.ReturnedPoints, refunded.SpentPoints), ids.Next());
        var decision = await transactor.Run(
            PointsRows.GivingBack(refunded.MemberId, cause),
            operation,
            (account, now) => OrderBookingRules.GiveBack(account, cause, share, lotId, now),
            cancel);
        return decision.Refusal;
    }

    private async Task<Refusal?> TakeBack(
        string memberId, Cause cause, long part, long whole, Operation operation, CancellationToken cancel)
    {
        if (part == 0) return null;

        var decision = await survivors.Run(
            memberId,
            accountId => PointsRows.Undoing(accountId, cause, Direction.Earn),
            operation,
            (account, now) => OrderBookingRules.TakeBack(account, cause, new Share(part, whole), now),
            cancel);
        return decision.Refusal;
    }
}
