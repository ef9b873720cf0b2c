using Pond.Kernel;
using Pond.Members;

namespace Pond.Touches;

/// <summary>
/// TCH-02, TCH-03, TCH-04: which of the touches that are due is sent, which waits, and which is dropped, and why. Pure.
/// </summary>
public static class GovernorRules
{
    /// <summary>Messages that advertise, to one member in one China day, over all occasions and promotions.</summary>
    public const int DailyCap = 3;

    private const int QuietFromHour = 22;
    private const int QuietUntilHour = 8;

    /// <summary>Between two messages that advertise.</summary>
    public static readonly TimeSpan GapMin = TimeSpan.FromHours(1);

    /// <summary>One look at all that waits for a member.</summary>
    /// <param name="stands">Of those that were due when somebody looked, whether what they tell still stands.</param>
    public static Decision<TouchesMoved> Govern(
        TouchDesk desk,
        IReadOnlyDictionary<string, bool> stands,
        IReadOnlyDictionary<Occasion, MessageTemplate> templates,
        DateTimeOffset now)
    {
        if (desk.Member is not { } member || member.MergedInto is not null)
            return Decision<TouchesMoved>.Nothing;
        Touch[] due =
        [
            .. desk.Touches.Where(touch => touch.State is TouchState.Planned && touch.NotBefore <= now
                && stands.ContainsKey(touch.Key())),
        ];
        if (due.Length == 0) return Decision<TouchesMoved>.Nothing;

        var round = new GovernorRound(desk, templates, now);
        foreach (var touch in due)
        {
            if (WhyNot(touch, member, desk.Book, stands[touch.Key()], now) is { } reason) round.Drop(touch, reason);
            else if (IsQuiet(touch, now)) round.Move(AfterQuiet(touch, now));
        }

        foreach (var touch in Ranked(due).Where(touch => OccasionRules.IsService(touch.Occasion))) round.Serve(touch);
        round.Advertise([.. Ranked(Contenders(desk, due, now))], due);
        return new TouchesMoved(member.Id, round.Book, round.Moves, now);
    }

    /// <summary>Why it is not sent at all; null when it may be.</summary>
    public static string? WhyNot(
        Touch touch, MemberStanding member, TouchBook book, bool stands, DateTimeOffset now)
    {
        if (MemberStanding.IsGone(member)) return DropReasons.MemberGone;
        if (MemberStanding.IsFrozen(member)) return DropReasons.MemberFrozen;
        if (!OccasionRules.IsService(touch.Occasion) && !member.AllowsMarketing) return DropReasons.OptedOut;
        if (book.IsSilenced(touch.Occasion)) return DropReasons.Silenced;
        if (touch.Until <= now) return DropReasons.Late;
        return stands ? null : DropReasons.Lapsed;
    }

    /// <summary>Whether people sleep, and this need not wake them.</summary>
    public static bool IsQuiet(Touch touch, DateTimeOffset now) =>
        !OccasionRules.IsService(touch.Occasion)
        && now.ToOffset(ChinaDay.Offset).Hour is >= QuietFromHour or < QuietUntilHour;

    /// <summary>The same in the morning, or dropped where that is too late.</summary>
    public static Touch AfterQuiet(Touch touch, DateTimeOffset now)
    {
        var morning = Morning(ChinaDay.Of(now));
        return Waiting(touch, morning > now ? morning : Morning(ChinaDay.Of(now).Next), DropReasons.QuietHours, now);
    }

    /// <summary>It waits until then, or is dropped for the reason where that is too late.</summary>
    internal static Touch Waiting(Touch touch, DateTimeOffset until, string reason, DateTimeOffset now) =>
        until < touch.Until ? touch.Deferred(until, now) : touch.Dropped(reason, now);

    internal static DateTimeOffset Morning(ChinaDay day) => day.Start.AddHours(QuietUntilHour);

    internal static DateTimeOffset Evening(ChinaDay day) => day.Start.AddHours(QuietFromHour);

    // Those whose turn is later today keep their place against what is worth less.
    private static IEnumerable<Touch> Contenders(TouchDesk desk, Touch[] due, DateTimeOffset now) => desk.Touches
        .Where(touch => touch.State is TouchState.Planned && !OccasionRules.IsService(touch.Occasion))
        .Where(touch => due.Contains(touch)
            || (touch.NotBefore > now && touch.NotBefore < Evening(ChinaDay.Of(now)) && touch.Until > touch.NotBefore));

    private static IOrderedEnumerable<Touch> Ranked(IEnumerable<Touch> touches) => touches
        .OrderBy(touch => OccasionRules.PriorityOf(touch.Occasion))
        .ThenBy(touch => touch.Until)
        .ThenBy(touch => touch.Key(), StringComparer.Ordinal);
}
