using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;

namespace Pond.Bargains;

/// <summary>I20: freezes the price of an attempt for an order that is being placed.</summary>
public sealed class BargainKeeper(Transactor transactor, Ids ids) : IDealKeeper
{
    public ActivityKind Kind => ActivityKind.Bargain;

    // What the order has is in its row, and changes; the record of an operation would keep the first answer for ever.
    public async Task<Refusal?> Keep(DealHold hold, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            AttemptRows.Ordering(hold.SubjectId, hold.OrderId),
            new Operation(nameof(BargainKeeper), ids.Next(), Fingerprint: null),
            (desk, now) => AttemptRules.Keep(desk, hold, now),
            cancel);
        return decision.Refusal;
    }
}
