using System.Globalization;
using Pond.Activities;
using Pond.Kernel;
using Pond.Members;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>TCH-06: a member wants to hear when something begins. Pure.</summary>
public static class OpeningRules
{
    /// <summary>Of one member, of what has not begun.</summary>
    public const int OpeningsMax = 50;

    /// <summary>How long before it begins.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    /// <summary>How long after that it is still worth telling.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    private const char IdSeparator = '.';

    /// <summary>Why nobody can be reminded of it any more, or yet; null when they can.</summary>
    public static Refusal? WhyNot(Activity activity, DateTimeOffset now)
    {
        var why = activity.WhyNot(now);
        if (why is null) return OpeningRefusals.IsOpen;
        return why == ActivityRefusals.NotOpen ? null : why;
    }

    /// <summary>The same wish again changes nothing.</summary>
    public static Decision<OpeningAsked> Ask(
        OpeningState state, Opening wanted, string name, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(state.Member) is { } why) return why;
        if (state.Openings.Any(one => one == wanted)) return Decision<OpeningAsked>.Nothing;
        if (state.Openings.Count(one => now < one.StartsAt && one.ActivityId != wanted.ActivityId) >= OpeningsMax)
            return OpeningRefusals.TooMany;
        return new OpeningAsked(wanted, TouchOf(state.Member!.Id, wanted, name, now), now);
    }

    /// <summary>With what is wanted now, and without what has begun.</summary>
    public static OpeningState Evolve(OpeningState state, OpeningAsked asked) => state with
    {
        Openings =
        [
            .. state.Openings.Where(one => asked.At < one.StartsAt && one.ActivityId != asked.Opening.ActivityId),
            asked.Opening,
        ],
    };

    /// <summary>Whether it begins when the member was told, and is neither stopped nor over.</summary>
    public static bool Stands(Activity? activity, string occasionId, DateTimeOffset now) =>
        activity is { State: ActivityState.Published } && now < activity.Ends
        && IdOf(activity.Id, activity.Plan.StartsAt) == occasionId;

    /// <summary>The activity in such an id.</summary>
    public static string ActivityOf(string occasionId) => occasionId.Split(IdSeparator)[0];

    /// <summary>When the member hears of it.</summary>
    public static DateTimeOffset RemindAt(Opening opening) => opening.StartsAt - Lead;

    private static string IdOf(string activityId, DateTimeOffset startsAt) => string.Create(
        CultureInfo.InvariantCulture, $"{activityId}{IdSeparator}{startsAt.ToUnixTimeSeconds()}");

    private static TouchPlannedV1 TouchOf(string memberId, Opening opening, string name, DateTimeOffset now) => new(
        memberId,
        Occasion.PromotionOpening,
        IdOf(opening.ActivityId, opening.StartsAt),
        ReminderTexts.Values(name, amount: null, endsAt: null, $"{ReminderTexts.TimeOf(opening.StartsAt)[5..]}开始"),
        PageOf(opening),
        opening.ActivityId,
        NotBefore: RemindAt(opening),
        Until: opening.StartsAt + Grace,
        now);

    private static string PageOf(Opening opening) => opening.Kind switch
    {
        ActivityKind.GroupBuy => $"pages/group-buys/detail?id={opening.ActivityId}",
        ActivityKind.Bargain => $"pages/bargains/activity?id={opening.ActivityId}",
        _ => $"pages/flash-sales/detail?id={opening.ActivityId}",
    };
}

/// <summary>What a member wants to hear of.</summary>
/// <param name="StartsAt">As it was when they asked.</param>
public sealed record Opening(ActivityKind Kind, string ActivityId, DateTimeOffset StartsAt);

/// <summary>What the rules look at.</summary>
public sealed record OpeningState(MemberStanding? Member, IReadOnlyList<Opening> Openings);

/// <summary>A member is to hear of it.</summary>
public sealed record OpeningAsked(Opening Opening, TouchPlannedV1 Touch, DateTimeOffset At);

/// <summary>The "no"s of these wishes.</summary>
public static class OpeningRefusals
{
    public static readonly Refusal IsOpen = new("reminder.is_open", RefusalKind.Conflict, "活动已经开始，快去看看吧。");
    public static readonly Refusal TooMany =
        new("reminder.too_many", RefusalKind.Exhausted, "预约的提醒过多，请等部分活动开始后再来。");
}
