using System.Globalization;
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
    public const string Expiry = "expiry";
    public const string Refund = "refund";
    public const string Reversal = "reversal";
    public const string Merge = "merge";
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
    private const string Never = "999912";

    public bool IsSpendable(DateTimeOffset now) => RemainingPoints > 0 && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>The month of China in which it ends, such as 202703.</summary>
    public string Month() =>
        ExpiresAt?.ToOffset(ChinaDay.Offset).ToString("yyyyMM", CultureInfo.InvariantCulture) ?? Never;
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

/// <summary>The member's balance: only ever the sum of lots and holds less the debt, kept at hand.</summary>
/// <param name="PostedPoints">Of the newest entry; below zero only in debt.</param>
/// <param name="Seq">Of the newest entry.</param>
/// <param name="LastHash">Of the newest entry.</param>
/// <param name="HeldPoints">Of all holds.</param>
/// <param name="DebtPoints">
/// What a reversal could not take back. While there is any, nothing can be spent, and whatever comes in settles it.
/// </param>
public sealed record Balance(
    long PostedPoints, long Seq, string LastHash, long HeldPoints = 0, long DebtPoints = 0)
{
    public static readonly Balance Empty = new(0, 0, "");
}

/// <summary>A member's days of checking in.</summary>
/// <param name="StreakDays">Days in a row up to the last one.</param>
public sealed record CheckIns(ChinaDay? LastDay, int StreakDays, int TotalDays)
{
    public static readonly CheckIns None = new(null, 0, 0);

    /// <summary>Of two accounts that became one: a day that either has is done.</summary>
    public CheckIns JoinedBy(CheckIns other)
    {
        var later = (other.LastDay?.Date ?? default, other.StreakDays).CompareTo(
            (LastDay?.Date ?? default, StreakDays)) > 0 ? other : this;
        return later with { TotalDays = Math.Max(TotalDays, other.TotalDays) };
    }

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
    /// <summary>The holds that have not ended; none where a decision does not look at them.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>What became of the hold of the cause at hand, or null.</summary>
    public HoldEnd? HoldEnd { get; init; }

    /// <summary>What was undone of the cause at hand, or null.</summary>
    public Undone? Undone { get; init; }

    /// <summary>The hold of a cause, or null when it has none that has not ended.</summary>
    public Hold? HoldOf(Cause cause) => Holds.FirstOrDefault(hold => hold.Cause == cause);

    /// <summary>What could be spent now.</summary>
    public long SpendablePoints(DateTimeOffset now) =>
        Lots.Where(lot => lot.IsSpendable(now)).Sum(lot => lot.RemainingPoints);
}
