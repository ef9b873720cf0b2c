using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Coupons;

/// <summary>The wallet, rows in the member's partition.</summary>
/// <remarks>
/// <c>coupon:{couponId}</c> the coupons, what ends first comes first · <c>coupon-held:{couponId}</c> the same coupon
/// once more while an order holds it, so that a sweep finds it · <c>coupon-hold:{couponId}:{hash of the order}</c> what
/// became of each order's hold: all its outcomes share the row, so no hold has two · <c>coupon-told</c> up to when the
/// member was told of coupons that end.
/// </remarks>
public static partial class WalletRows
{
    public const string Prefix = "coupon";
    public const string HeldPrefix = "coupon-held";

    /// <summary>The sweep that releases holds whose time is over.</summary>
    public const string HoldsDue = "coupon-holds";

    /// <summary>The sweep that tells members of coupons that end soon.</summary>
    public const string EndingsDue = "coupon-endings";

    private const string HoldPrefix = "coupon-hold";
    private const string ToldRow = "coupon-told";

    public static string Row(string couponId) => $"{Prefix}:{couponId}";

    /// <summary>Below every coupon that is still valid at the instant.</summary>
    public static string From(DateTimeOffset instant) => Row(CouponIds.From(instant));

    /// <summary>One coupon, as an order looks at it.</summary>
    public static Layout<WalletCoupon, WalletEvent> Coupon(string memberId, string couponId, string orderId)
    {
        var holdRow = $"{HoldPrefix}:{couponId}:{Keys.Hash(orderId)}";
        return Layout(memberId, couponId, [new Load.One(holdRow)], holdRow);
    }

    /// <summary>One coupon, as an operator or its owner looks at it.</summary>
    public static Layout<WalletCoupon, WalletEvent> Coupon(string memberId, string couponId) =>
        Layout(memberId, couponId, [], $"{HoldPrefix}:{couponId}");

    /// <summary>A member with a coupon that an order holds finishes that before a merge.</summary>
    public static readonly MergeObstacle InTheWayOfMerges = new(
        new Load.First(HeldPrefix), rows => rows.Under<Coupon>(HeldPrefix).Count > 0, CouponRefusals.HeldForOrder);

    /// <summary>A coupon that comes in, and when its end is near.</summary>
    public static Layout<WalletCoupon, WalletEvent> Incoming(string memberId, string couponId) =>
        Coupon(memberId, couponId) with { Due = wallet => CouponEndingRules.DeadlinesOf(wallet.Coupon) };

    /// <summary>What the member was told of.</summary>
    public static Layout<CouponsTold, CouponsTold> Told(string memberId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(ToldRow)],
        Read: rows => rows.Find<CouponsTold>(ToldRow) ?? CouponsTold.Nothing,
        Write: told => told == CouponsTold.Nothing ? [] : [new StateRow(ToldRow, told.Kept())],
        Evolve: (_, told) => told,
        Announce: told => told.Touches.Select(TouchMessages.Planned));

    /// <summary>The same for a look.</summary>
    public static async Task<CouponsTold> FindTold(PartitionStore store, string partition, CancellationToken cancel) =>
        await store.Find<CouponsTold>(partition, ToldRow, cancel) ?? CouponsTold.Nothing;

    private static Layout<WalletCoupon, WalletEvent> Layout(
        string memberId, string couponId, Load[] more, string holdRow) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(Row(couponId)), new Load.One(HeldRow(couponId)), .. more],
        Read: rows => new WalletCoupon(
            MemberStanding.In(rows), rows.Find<Coupon>(Row(couponId)), rows.Find<CouponHold>(holdRow)),
        Write: wallet => Rows(wallet, holdRow),
        Evolve: CouponRules.Evolve,
        Announce: Announce,
        Due: wallet => wallet.Coupon?.HeldUntil is { } until
            ? [new Deadline(HoldsDue, until)]
            : CouponEndingRules.DeadlinesOf(wallet.New));

    private static IEnumerable<StateRow> Rows(WalletCoupon wallet, string holdRow)
    {
        if (wallet.Coupon is { } coupon)
        {
            yield return new StateRow(Row(coupon.Id), coupon);
            if (coupon.State is CouponState.Reserved) yield return new StateRow(HeldRow(coupon.Id), coupon);
        }
        if (wallet.New is { } issued) yield return new StateRow(Row(issued.Id), issued);
        if (wallet.Hold is { } hold) yield return new StateRow(holdRow, hold);
    }

    private static string HeldRow(string couponId) => $"{HeldPrefix}:{couponId}";

    private static IEnumerable<Message> Announce(WalletEvent fact) => fact switch
    {
        WalletEvent.MovedOut moved =>
            [CouponMessages.Wallet(new CouponClaimedV1(moved.IntoMemberId, moved.Coupon))],
        WalletEvent.Judged { Judgement: var judgement } judged =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                judgement.OperatorId, "coupon.state", $"{judgement.MemberId}/{judgement.CouponId}",
                judgement.Reason, ResponseJson.NameOf(judged.Before), ResponseJson.NameOf(judged.After),
                judged.At)),
        ],
        WalletEvent.Offered offered => [CouponMessages.Gift(offered.Offer)],
        WalletEvent.Reissued { Order: { } order } reissued =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                order.OperatorId, "coupon.reissue", $"{order.MemberId}/{order.CouponId}", order.Reason, order.CouponId,
                reissued.New.Id, reissued.At)),
        ],
        _ => [],
    };
}
