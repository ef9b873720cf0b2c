using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Referrals;

/// <summary>REF-03, REF-05: somebody has paid an order, or gets money back for one.</summary>
public sealed class ReferralOnOrderValued(Inbox inbox, Transactor transactor, FriendDesk friends)
{
    [Function(nameof(ReferralOnOrderValued))]
    public Task Run(
        [QueueTrigger(OrderMessages.ValuedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderValuedV1>(
            nameof(ReferralOnOrderValued), OrderMessages.ValuedQueue, message, Hear, cancel);

    private async Task<Refusal?> Hear(OrderValuedV1 valued, Operation operation, CancellationToken cancel)
    {
        if (await friends.SharerOf(valued.MemberId, cancel) is not { } sharerId) return null;

        var order = new FriendsOrder(valued.OrderId, valued.GoodsFen, valued.RefundedFen, valued.PaidAt);
        var decision = await transactor.Run(
            ReferralRows.Of(sharerId, valued.MemberId),
            operation,
            (desk, now) => ReferralRules.Hear(desk, order, now),
            cancel);
        return decision.Refusal;
    }
}
