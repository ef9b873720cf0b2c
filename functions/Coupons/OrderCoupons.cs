using Pond.Kernel;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>CPN-03: reserves coupons for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>
/// Confirming, releasing and returning come by the messages of orders; what was released is not reserved after. A
/// member with a reserved coupon is not merged: so it is always with the member who placed the order.
/// </remarks>
public sealed class OrderCoupons(Transactor transactor, Ids ids)
{
    /// <summary>Coupons of one order: all of them fit one batch.</summary>
    public const int CouponsMax = 20;

    /// <summary>All of them or none; the same again has the same outcome.</summary>
    public async Task<Refusal?> Reserve(
        string memberId, string orderId, IReadOnlyList<string> couponIds, CancellationToken cancel)
    {
        string[] each = [.. couponIds.Distinct()];
        if (each.Length == 0) return null;
        if (each.Length > CouponsMax || !each.All(Ids.IsId)) return CouponRefusals.Missing;

        // Not the order's own key: whoever asks again is to hear what has become of the hold since.
        var decision = await transactor.Run(
            WalletRows.Coupons(memberId, each, orderId),
            new Operation(nameof(OrderCoupons), ids.Next(), Fingerprint: null),
            (wallets, now) => OrderCouponRules.Reserve(wallets, each, orderId, now),
            cancel);
        return decision.Refusal;
    }
}
