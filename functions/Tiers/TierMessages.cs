using Pond.Platform;

namespace Pond.Tiers;

/// <summary>A member has come into a tier that gives points on entering.</summary>
/// <param name="Cycle">With member and code, what the points are given for.</param>
public sealed record TierPointsV1(string MemberId, string Code, int Cycle, long Points);

/// <summary>A member has come into a tier that gives a coupon on entering.</summary>
/// <param name="Cycle">With member, code and template, what the coupon is given for.</param>
public sealed record TierCouponV1(string MemberId, string Code, int Cycle, string TemplateId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class TierMessages
{
    public const string PointsQueue = "tier-points";
    public const string CouponsQueue = "tier-coupons";

    public static Message Points(TierPointsV1 points) => new(PointsQueue, points);

    public static Message Coupon(TierCouponV1 coupon) => new(CouponsQueue, coupon);
}
