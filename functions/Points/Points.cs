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
    public const string CheckInStreak = "checkInStreak";
    public const string CheckInMonth = "checkInMonth";
    public const string CheckInTotal = "checkInTotal";
    public const string Adjustment = "adjustment";
    public const string Expiry = "expiry";
    public const string Refund = "refund";
    public const string Reversal = "reversal";
    public const string Merge = "merge";

    /// <summary>Of an order: what is spent on it, and what it brings for its money.</summary>
    public const string Order = "order";

    /// <summary>What promotions bring with an order.</summary>
    public const string OrderGift = "orderGift";

    /// <summary>Of a friend, and which of the two gets it.</summary>
    public const string Referral = "referral";
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
    public string Month() => ExpiresAt is { } end ? MonthOf(end) : Never;

    /// <summary>The month of China that an end falls in, such as 202703.</summary>
    public static string MonthOf(DateTimeOffset end) =>
        end.ToOffset(ChinaDay.Offset).ToString("yyyyMM", CultureInfo.InvariantCulture);
}

/// <summary>What a spend took from one lot; a refund puts it back there.</summary>
public sealed record LotPart(string LotId, long Points, DateTimeOffset? ExpiresAt);

/// <summary>Points that ended before anybody spent them.</summary>
public sealed record EndedPoints(DateTimeOffset ExpiresAt, long Points);

/// <summary>One line of the ledger. Lines are only ever added, and each is chained to the one before.</summary>
/// <param name="Seq">1, 2, 3 … without gaps.</param>
/// <param name="Points">Positive when earned, negative when spent.</param>
/// <param name="AfterPoints">The balance after it.</param>
/// <param name="Parts">The lots that it filled or drew on.</param>
/// <param name="Previous">Hash of the line before, empty for the first.</param>
/// <param name="CutPoints">What a cap did not let in.</param>
public sealed record Entry(
    long Seq,
    DateTimeOffset At,
    Cause Cause,
    long Points,
    long AfterPoints,
    IReadOnlyList<LotPart> Parts,
    string Previous,
    long CutPoints = 0);

/// <summary>The member's balance: only ever the sum of lots and holds less the debt, kept at hand.</summary>
/// <param name="PostedPoints">Of the newest entry; below zero only in debt.</param>
/// <param name="Seq">Of the newest entry.</param>
/// <param name="LastHash">Of the newest entry.</param>
/// <param name="HeldPoints">Of all holds.</param>
/// <param name="DebtPoints">
/// What a reversal could not take back. While there is any, nothing can be spent, and whatever comes in settles it.
/// </param>
/// <param name="RemindedUntil">What was to be said up to then of points that end is said.</param>
public sealed record Balance(
    long PostedPoints,
    long Seq,
    string LastHash,
    long HeldPoints = 0,
    long DebtPoints = 0,
    DateTimeOffset? RemindedUntil = null)
{
    public static readonly Balance Empty = new(0, 0, "");
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

    /// <summary>What has ended and was not forgiven; none where a decision does not look at it.</summary>
    public IReadOnlyList<EndedPoints> Ended { get; init; } = [];

    /// <summary>What was undone of the cause at hand, or null.</summary>
    public Undone? Undone { get; init; }

    /// <summary>What came in today, or null where a decision does not look at caps.</summary>
    public EarnedDay? EarnedToday { get; init; }

    /// <summary>The hold of a cause, or null when it has none that has not ended.</summary>
    public Hold? HoldOf(Cause cause) => Holds.FirstOrDefault(hold => hold.Cause == cause);

    /// <summary>What could be spent now.</summary>
    public long SpendablePoints(DateTimeOffset now) =>
        Lots.Where(lot => lot.IsSpendable(now)).Sum(lot => lot.RemainingPoints);
}

/// <summary>Which way points go.</summary>
public enum Direction
{
    Earn,
    Spend,
}
