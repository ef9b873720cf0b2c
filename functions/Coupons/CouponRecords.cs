using Pond.Members;

namespace Pond.Coupons;

/// <summary>What this slice keeps of a member, for the member to take along.</summary>
public static class CouponRecords
{
    public static readonly IReadOnlyList<PersonalRecords> All =
    [
        PersonalRecords.Under<Coupon>("coupons", WalletRows.Prefix),
        PersonalRecords.Under<RefusedGift>("refusedGifts", RefusedGifts.Prefix),
        PersonalRecords.Under<OrderGifts>("orderCoupons", OrderGiftRows.Prefix),
    ];
}
