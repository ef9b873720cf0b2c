using Pond.Platform;

namespace Pond.Tiers;

/// <summary>A member has come into a tier that gives points on entering.</summary>
/// <param name="Cycle">With member and code, what the points are given for.</param>
public sealed record TierPointsV1(string MemberId, string Code, int Cycle, long Points);

/// <summary>A member has come into a tier that gives a coupon on entering.</summary>
/// <param name="Cycle">With member, code and template, what the coupon is given for.</param>
public sealed record TierCouponV1(string MemberId, string Code, int Cycle, string TemplateId);

/// <summary>Growth and tier of an account that was merged go on to the other.</summary>
/// <param name="Growth">All there was, however old.</param>
/// <param name="Days">The same by day, as far back as any window reaches.</param>
public sealed record GrowthMovedV1(
    string FromMemberId, string IntoMemberId, long Growth, IReadOnlyList<DayGrowth> Days, Membership Membership);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class TierMessages
{
    public const string PointsQueue = "tier-points";
    public const string CouponsQueue = "tier-coupons";
    public const string MovesQueue = "growth-moves";

    public static Message Points(TierPointsV1 points) => new(PointsQueue, points);

    public static Message Coupon(TierCouponV1 coupon) => new(CouponsQueue, coupon);

    public static Message Moved(GrowthMovedV1 moved) => new(MovesQueue, moved);
}
