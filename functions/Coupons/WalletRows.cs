namespace Pond.Coupons;

/// <summary>Rows <c>coupon:{couponId}</c> in the member's partition: the wallet, what ends first comes first.</summary>
public static class WalletRows
{
    public const string Prefix = "coupon";

    public static string Row(string couponId) => $"{Prefix}:{couponId}";

    /// <summary>Below every coupon that is still valid at the instant.</summary>
    public static string From(DateTimeOffset instant) => Row(CouponIds.From(instant));
}
