using Pond.Platform;

namespace Pond.Promotions;

/// <summary>A member has got a coupon under a promotion.</summary>
/// <param name="GrantId">Of this gift; the same however often it is told.</param>
public sealed record PromotionGrantedV1(string PromotionId, string GrantId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class PromotionMessages
{
    public const string GrantedQueue = "promotion-grants";

    public static Message Granted(PromotionGrantedV1 granted) => new(GrantedQueue, granted);
}
