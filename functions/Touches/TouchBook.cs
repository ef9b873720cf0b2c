using Pond.Kernel;

namespace Pond.Touches;

/// <summary>TCH-01, TCH-02: what limits the messages of one member.</summary>
/// <param name="Credits">What the member has agreed to be sent, by template.</param>
/// <param name="Days">The messages of the last days, the oldest first.</param>
/// <param name="MarketingAt">When the newest that advertises got its place; null before the first.</param>
/// <param name="Silenced">Occasions of which the member wants to hear nothing, sorted; null for none.</param>
public sealed record TouchBook(
    IReadOnlyList<Credit> Credits,
    IReadOnlyList<TouchDay> Days,
    DateTimeOffset? MarketingAt,
    IReadOnlyList<Occasion>? Silenced = null)
{
    /// <summary>Days that are remembered: a message that was not sent after all is taken off its day again.</summary>
    public const int DaysMax = 4;

    public static readonly TouchBook Empty = new([], [], null);

    public int MarketingOf(ChinaDay day) => Days.FirstOrDefault(one => one.Day == day)?.Marketing ?? 0;

    public bool IsSilenced(Occasion occasion) => Silenced?.Contains(occasion) == true;

    /// <summary>One more, or one less, on that day.</summary>
    public TouchBook Counted(ChinaDay day, Occasion occasion, int more)
    {
        var known = Days.FirstOrDefault(one => one.Day == day);
        if (known is null && more < 0) return this; // so long ago that nothing counts it any more
        var before = known ?? new TouchDay(day, 0, 0);
        var after = OccasionRules.IsService(occasion)
            ? before with { Service = before.Service + more }
            : before with { Marketing = before.Marketing + more };
        return this with
        {
            Days =
            [
                .. Days.Where(one => one.Day != day).Append(after)
                    .OrderBy(one => one.Day.Date).TakeLast(DaysMax),
            ],
        };
    }
}

/// <summary>The messages of one day.</summary>
/// <param name="Marketing">That advertise, sent or about to be.</param>
/// <param name="Service">That belong to what was bought; they are counted, and not limited.</param>
public sealed record TouchDay(ChinaDay Day, int Marketing, int Service);

/// <summary>
/// TCH-01: what a member has agreed to be sent of one template. WeChat lets nobody ask, so it is counted here.
/// </summary>
/// <remarks>
/// Each "yes" is told twice, by the phone and by WeChat, and either may be lost: what was agreed to is the larger of
/// both numbers, and so never more than what was said.
/// </remarks>
/// <param name="ByPhone">Since the last reset.</param>
/// <param name="ByWeChat">Since the last reset.</param>
/// <param name="Spent">Since the last reset.</param>
/// <param name="ResetAt">When WeChat was known to allow none; null for never.</param>
public sealed record Credit(string TemplateId, int ByPhone, int ByWeChat, int Spent, DateTimeOffset? ResetAt)
{
    /// <summary>Templates that one member's book holds; what was touched longest ago goes first.</summary>
    public const int TemplatesMax = 40;

    /// <summary>How many messages may be sent; never negative.</summary>
    public int Left() => Math.Max(0, Math.Max(ByPhone, ByWeChat) - Spent);
}
