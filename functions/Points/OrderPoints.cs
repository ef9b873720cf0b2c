using Pond.Kernel;
using Pond.Platform;

namespace Pond.Points;

/// <summary>PTS-03: holds points for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>
/// Posting, voiding and undoing come by the messages of orders; what was voided is never held after. A member who
/// holds anything is not merged: so what is held for an order is always with the member who placed it.
/// </remarks>
public sealed class OrderPoints(Transactor transactor, Ids ids)
{
    /// <summary>All or nothing; the same again has the same outcome.</summary>
    public async Task<Refusal?> Hold(string memberId, string orderId, long points, CancellationToken cancel)
    {
        // Not the order's own key: whoever asks again is to hear what has become of the hold since.
        var (cause, operation) = (OrderBookingRules.CauseOf(orderId), ids.Next());
        var decision = await transactor.Run(
            PointsRows.Holding(memberId, cause),
            new Operation(nameof(OrderPoints), operation, Fingerprint: null),
            (account, now) => HoldRules.Hold(account, cause, points, now + HoldRules.LongestHold, now),
            cancel);
        return decision.Refusal;
    }
}
