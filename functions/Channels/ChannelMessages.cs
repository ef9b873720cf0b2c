using Pond.Platform;

namespace Pond.Channels;

/// <summary>A channel has brought one member more, or brought one back for the first time.</summary>
/// <param name="IsAdded">Whether the member has registered by it.</param>
public sealed record ChannelCountedV1(string ChannelId, string MemberId, bool IsAdded, DateTimeOffset At);

/// <summary>CHN-01: whoever registers by a channel gets a coupon, once, however often it is told.</summary>
public sealed record ChannelWelcomeV1(string MemberId, string ChannelId, string TemplateId, DateTimeOffset At);

/// <summary>The queues of this slice.</summary>
public static class ChannelMessages
{
    public const string CountsQueue = "channel-counts";
    public const string CouponsQueue = "channel-coupons";

    public static Message Counted(ChannelCountedV1 counted) => new(CountsQueue, counted);

    public static Message Welcomed(ChannelWelcomeV1 welcome) => new(CouponsQueue, welcome);
}
