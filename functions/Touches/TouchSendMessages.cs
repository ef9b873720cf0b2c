using Pond.Kernel;
using Pond.Platform;

namespace Pond.Touches;

/// <summary>A touch has its place among the day's: it is to be sent.</summary>
public sealed record TouchReservedV1(string MemberId, string TouchKey);

/// <summary>What has become of touches of one member that were planned for one day.</summary>
public sealed record TouchesCountedV1(string MemberId, ChinaDay Day, IReadOnlyList<TouchCount> Counts);

/// <summary>One touch has been planned, or has come to its end.</summary>
/// <param name="Outcome">One of <see cref="TouchCounts"/>, or <c>dropped.</c> and the reason.</param>
public sealed record TouchCount(ChinaDay Day, Occasion Occasion, string Outcome);

/// <summary>WeChat has told what a member has agreed to be sent, or agrees to no more.</summary>
/// <param name="At">When the member said so, to the second.</param>
public sealed record SubscriptionToldV1(string MemberId, IReadOnlyList<ToldSubscription> Told, DateTimeOffset At);

/// <summary>Of one template.</summary>
public sealed record ToldSubscription(string TemplateId, bool IsAccepted);

/// <summary>The queues within this slice: one for each effect.</summary>
public static class TouchSendMessages
{
    public const string SendQueue = "touch-sends";
    public const string CountQueue = "touch-counts";
    public const string SubscriptionQueue = "touch-subscriptions";

    public static Message Reserved(TouchReservedV1 reserved) => new(SendQueue, reserved);

    public static Message Counted(TouchesCountedV1 counted) => new(CountQueue, counted);

    public static Message Told(SubscriptionToldV1 told) => new(SubscriptionQueue, told);
}
