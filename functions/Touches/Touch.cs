using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-05: something that a member is told once, or is not told, and then why.</summary>
/// <param name="OccasionId">Which one: the same however often it is planned.</param>
/// <param name="NotBefore">When it is due; later than it was planned for where it had to wait.</param>
/// <param name="Until">From then on it is not worth telling.</param>
/// <param name="Day">The day for which it was planned, under which it is counted; null when it never was.</param>
/// <param name="Reason">Why it failed or was dropped; null for neither.</param>
/// <param name="Tries">Answers of WeChat's that it was not sent and may be later.</param>
/// <param name="Sending">What is sent; null before its turn.</param>
/// <param name="At">Of the newest change.</param>
public sealed record Touch(
    Occasion Occasion,
    string OccasionId,
    IReadOnlyDictionary<string, string> Values,
    string Page,
    string? PromotionId,
    DateTimeOffset NotBefore,
    DateTimeOffset Until,
    ChinaDay? Day,
    TouchState State,
    string? Reason,
    int Tries,
    TouchSending? Sending,
    DateTimeOffset At)
{
    /// <summary>Of one member it is the only one: of this occasion with this id.</summary>
    public string Key() => KeyOf(Occasion, OccasionId);

    public static string KeyOf(Occasion occasion, string occasionId) => Keys.Hash(occasion.ToString(), occasionId);

    /// <summary>It is never sent.</summary>
    public Touch Dropped(string reason, DateTimeOffset now) =>
        this with { State = TouchState.Dropped, Reason = reason, Sending = null, At = now };

    /// <summary>It waits for another time.</summary>
    public Touch Deferred(DateTimeOffset notBefore, DateTimeOffset now) =>
        this with { State = TouchState.Planned, NotBefore = notBefore, Sending = null, At = now };
}

/// <summary>What a message holds, as it was when its turn came.</summary>
/// <param name="Data">The template's fields.</param>
/// <param name="At">When it was counted: under this day.</param>
public sealed record TouchSending(string TemplateId, IReadOnlyDictionary<string, string> Data, DateTimeOffset At);

/// <summary>Stored by name: never rename one.</summary>
public enum TouchState
{
    /// <summary>Waits for its time.</summary>
    Planned,

    /// <summary>Has its place among the day's, and is on its way to WeChat.</summary>
    Reserved,

    /// <summary>WeChat is being asked, or was when whoever asked died.</summary>
    Sending,

    /// <summary>WeChat has taken it.</summary>
    Sent,

    /// <summary>WeChat has refused it for good.</summary>
    Failed,

    /// <summary>Nobody knows whether WeChat has taken it. It is never sent again.</summary>
    Unknown,

    /// <summary>It is not sent, for a reason.</summary>
    Dropped,
}

/// <summary>Why a touch is dropped. Part of the reports: never rename one.</summary>
public static class DropReasons
{
    public const string MemberGone = "member_gone";
    public const string MemberFrozen = "member_frozen";
    public const string OptedOut = "opted_out";
    public const string Silenced = "silenced";
    public const string Late = "late";
    public const string Lapsed = "lapsed";
    public const string Voided = "voided";
    public const string QuietHours = "quiet_hours";
    public const string Capped = "capped";
    public const string TooClose = "too_close";
    public const string TooMany = "too_many";
    public const string NoTemplate = "no_template";
    public const string NoValue = "no_value";
    public const string NoCredit = "no_credit";
}
