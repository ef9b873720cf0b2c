using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-11: which of the coupons that an order brought are to be taken back. Pure.</summary>
public static class OrderGiftRules
{
    /// <summary>One was given.</summary>
    public static Decision<OrderGifts> Give(OrderGifts gifts, Coupon coupon) =>
        gifts.Given.Any(known => known.Id == coupon.Id)
            ? Decision<OrderGifts>.Nothing
            : gifts with { Given = [.. gifts.Given, coupon] };

    /// <summary>So many in all are not deserved any more; what comes late or twice changes nothing.</summary>
    public static Decision<OrderGifts> Undeserve(OrderGifts gifts, int count) =>
        count <= gifts.Undeserved ? Decision<OrderGifts>.Nothing : gifts with { Undeserved = count };

    /// <summary>One has been taken back.</summary>
    public static Decision<OrderGifts> Take(OrderGifts gifts, string couponId) => gifts.TakenIds.Contains(couponId)
        ? Decision<OrderGifts>.Nothing
        : gifts with { TakenIds = [.. gifts.TakenIds, couponId] };
}
