using Pond.Kernel;
using Pond.Platform;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.Coupons;

/// <summary>TCH-06: some days before coupons end a member is told, once for all that end on one day. Pure.</summary>
/// <remarks>
/// What the times up to <see cref="CouponsTold.Until"/> asked for is done, told or not: so no time is told twice. A
/// coupon that an order holds is told of as well: whether it came back is looked at just before.
/// </remarks>
public static class CouponEndingRules
{
    public const int DaysBefore = 3;

    /// <summary>When the member is to be told; null of one that came later than that.</summary>
    public static DateTimeOffset? TimeOf(Coupon coupon) =>
        coupon.ValidUntil.AddDays(-DaysBefore) is var time && time > coupon.ClaimedAt ? time : null;

    /// <summary>That somebody looks then.</summary>
    public static IEnumerable<Deadline> DeadlinesOf(Coupon? coupon) =>
        coupon is not null && TimeOf(coupon) is { } at ? [new Deadline(WalletRows.EndingsDue, at)] : [];

    /// <summary>When the first of them comes to its time after the instant; null when none does.</summary>
    public static DateTimeOffset? NextAt(IEnumerable<Coupon> coupons, DateTimeOffset now) =>
        coupons.Select(coupon => (DateTimeOffset?)coupon.ValidUntil.AddDays(-DaysBefore)).Where(at => at > now).Min();

    /// <summary>Tells of what has come to its time; it changes nothing when nothing has.</summary>
    /// <param name="ending">Coupons that end soon, in any state.</param>
    public static Decision<CouponsTold> Tell(
        CouponsTold told, string memberId, IReadOnlyList<Coupon> ending, DateTimeOffset now)
    {
        Coupon[] due = [.. ending.Where(coupon => TimeOf(coupon) is { } at && at <= now && !(at <= told.Until))];
        if (due.Length == 0) return Decision<CouponsTold>.Nothing;
        return new CouponsTold(
            now,
            [
                .. due.Where(coupon => IsWorthTelling(coupon, now)).GroupBy(coupon => coupon.ValidUntil)
                    .Select(together => TouchOf(memberId, together.Key, [.. together], now)),
            ]);
    }

    /// <summary>Whether it could be used, or may come back to be.</summary>
    public static bool IsWorthTelling(Coupon coupon, DateTimeOffset now) =>
        now < coupon.ValidUntil && coupon.State is CouponState.Issued or CouponState.Reserved;

    private static TouchPlannedV1 TouchOf(
        string memberId, DateTimeOffset end, IReadOnlyList<Coupon> coupons, DateTimeOffset now) => new(
        memberId,
        Occasion.CouponEnding,
        ChinaDay.Of(end).ToString(),
        ReminderTexts.Values(
            coupons[0].Terms.Name, amount: null, end, $"共 {coupons.Count} 张券即将到期，请尽快使用"),
        "pages/coupons/index",
        PromotionId: null,
        NotBefore: now,
        Until: end,
        now);
}

/// <summary>Up to when a member was told of coupons that end.</summary>
/// <param name="Until">The times up to then are done; null before the first.</param>
/// <param name="Touches">What was told at that instant.</param>
public sealed record CouponsTold(DateTimeOffset? Until, IReadOnlyList<TouchPlannedV1> Touches)
{
    public static readonly CouponsTold Nothing = new(null, []);

    /// <summary>As it is kept: what was said goes its own way.</summary>
    internal CouponsTold Kept() => this with { Touches = [] };
}
