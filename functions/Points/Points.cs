using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>Why points were booked. A member has at most one entry for a cause and direction.</summary>
/// <param name="Kind">Such as <c>checkIn</c>.</param>
/// <param name="Id">Which one, such as the day.</param>
public sealed record Cause(string Kind, string Id)
{
    public const string CheckIn = "checkIn";
    public const string Adjustment = "adjustment";
}

/// <summary>Points that came together and end together.</summary>
/// <param name="ExpiresAt">From then on they cannot be spent; null when they last for ever.</param>
public sealed record Lot(
    string Id,
    Cause Cause,
    long GrantedPoints,
    long RemainingPoints,
    DateTimeOffset EarnedAt,
    DateTimeOffset? ExpiresAt)
{
    public bool IsSpendable(DateTimeOffset now) => RemainingPoints > 0 && (ExpiresAt is null || now < ExpiresAt);
}

/// <summary>What a spend took from one lot; a refund puts it back there.</summary>
public sealed record LotPart(string LotId, long Points, DateTimeOffset? ExpiresAt);

/// <summary>One line of the ledger. Lines are only ever added, and each is chained to the one before.</summary>
/// <param name="Seq">1, 2, 3 … without gaps.</param>
/// <param name="Points">Positive when earned, negative when spent.</param>
/// <param name="AfterPoints">The balance after it.</param>
/// <param name="Parts">The lots that it filled or drew on.</param>
/// <param name="Previous">Hash of the line before, empty for the first.</param>
public sealed record Entry(
    long Seq,
    DateTimeOffset At,
    Cause Cause,
    long Points,
    long AfterPoints,
    IReadOnlyList<LotPart> Parts,
    string Previous);

/// <summary>The member's balance: only ever the sum of the lots, kept at hand.</summary>
/// <param name="PostedPoints">Of all lots.</param>
/// <param name="Seq">Of the newest entry.</param>
/// <param name="LastHash">Of the newest entry.</param>
public sealed record Balance(long PostedPoints, long Seq, string LastHash)
{
    public static readonly Balance Empty = new(0, 0, "");
}

/// <summary>A member's days of checking in.</summary>
/// <param name="StreakDays">Days in a row up to the last one.</param>
public sealed record CheckIns(ChinaDay? LastDay, int StreakDays, int TotalDays)
{
    public static readonly CheckIns None = new(null, 0, 0);

    /// <summary>Days in a row as of that day: it lives on until a whole day has passed without a check-in.</summary>
    public int StreakOn(ChinaDay day) => LastDay == day || LastDay == day.Previous ? StreakDays : 0;
}

/// <summary>
/// Everything that the rules of points look at: one member, their lots, and what was booked for one cause.
/// </summary>
/// <param name="Booked">The entry that the cause at hand has already, or null.</param>
/// <param name="Added">Entries that this decision adds.</param>
public sealed record PointsAccount(
    MemberStanding? Member,
    Balance Balance,
    IReadOnlyList<Lot> Lots,
    CheckIns CheckIns,
    Entry? Booked,
    IReadOnlyList<Entry> Added)
{
    /// <summary>What could be spent now.</summary>
    public long SpendablePoints(DateTimeOffset now) =>
        Lots.Where(lot => lot.IsSpendable(now)).Sum(lot => lot.RemainingPoints);
}

/// <summary>What can happen to points. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Earned), "earned")]
[JsonDerivedType(typeof(Spent), "spent")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
public abstract partial record PointsEvent
{
    private PointsEvent()
    {
    }

    public sealed record Earned(Lot Lot) : PointsEvent;

    public sealed record Spent(Cause Cause, long Points, IReadOnlyList<LotPart> Parts, DateTimeOffset At) : PointsEvent;

    public sealed record CheckedIn(ChinaDay Day, int StreakDays, int TotalDays, long RewardPoints) : PointsEvent;

    /// <summary>An operator stands behind the booking beside it.</summary>
    public sealed record Adjusted(
        string MemberId, string OperatorId, string Reason, long BeforePoints, long AfterPoints, DateTimeOffset At)
        : PointsEvent;
}

/// <summary>The "no"s of this slice.</summary>
public static class PointsRefusals
{
    public static readonly Refusal Insufficient = new("points.insufficient", RefusalKind.Exhausted, "积分不足。");
    public static readonly Refusal CauseTaken = new("points.cause_taken", RefusalKind.Conflict, "该事项已记过不同数额的积分。");
    public static readonly Refusal BalanceFull = new("points.balance_full", RefusalKind.Conflict, "积分已达上限。");
    public static readonly Refusal DoneToday = new("check_in.done_today", RefusalKind.Conflict, "今天已经签到过了，明天再来吧。");
    public static readonly Refusal Zero = new("points.zero", RefusalKind.Invalid, "积分数额不能为零。");
}
