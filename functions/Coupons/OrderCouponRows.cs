using Pond.Members;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>What the coupons of an order look at.</summary>
public static partial class WalletRows
{
    /// <summary>Several coupons, as one order looks at them.</summary>
    public static Layout<IReadOnlyList<WalletCoupon>, OrderCouponEvent> Coupons(
        string memberId, IReadOnlyList<string> couponIds, string orderId)
    {
        Layout<WalletCoupon, WalletEvent>[] each = [.. couponIds.Select(id => Coupon(memberId, id, orderId))];
        return new(
            MemberRows.Partition(memberId),
            MemberRows.Head,
            [.. each.SelectMany(one => one.Loads)],
            Read: rows => [.. each.Select(one => one.Read(rows))],
            Write: wallets => each.Zip(wallets).SelectMany(one => one.First.Write(one.Second)),
            Evolve: (wallets, happened) =>
            [
                .. wallets.Zip(couponIds, (wallet, id) =>
                    id == happened.CouponId ? CouponRules.Evolve(wallet, happened.Fact) : wallet),
            ],
            Due: wallets => each.Zip(wallets).SelectMany(one => one.First.Due?.Invoke(one.Second) ?? []));
    }
}
