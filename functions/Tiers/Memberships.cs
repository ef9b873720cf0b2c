using Pond.Members;

namespace Pond.Tiers;

/// <summary>Which tier a member is in, and since when.</summary>
/// <param name="Stay">By growth; null for who has always been in the lowest tier.</param>
/// <param name="Manual">Given by an operator; it counts in place of the stay until it ends.</param>
/// <param name="Cycles">The tiers that were entered, at most once each.</param>
/// <param name="Changes">How many there were.</param>
/// <param name="Stays">How many there were.</param>
/// <param name="Version">How often any of this changed.</param>
public sealed record Membership(
    Stay? Stay, ManualTier? Manual, IReadOnlyList<Cycle> Cycles, long Changes, long Stays, long Version)
{
    public static readonly Membership Newcomer = new(null, null, [], 0, 0, 0);

    /// <summary>When the tier that the member has the benefits of ends; null when it does not.</summary>
    public DateTimeOffset? ValidTo() => Manual is null ? Stay?.To : Manual.Until;
}

/// <summary>A time in a tier that growth has opened.</summary>
/// <param name="Rank">Of the tier when it began, should the programme ever drop it.</param>
/// <param name="To">The end of its validity, at a midnight in China; null when it has none.</param>
/// <param name="ReviewAt">When it is kept or lost: some days of grace later.</param>
/// <param name="Number">1, 2, 3 … of the member's stays.</param>
/// <param name="Looks">How many of the times have come at which its end may be announced.</param>
public sealed record Stay(
    string Code, int Rank, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset? ReviewAt, long Number, int Looks);

/// <summary>MBR-05: a tier that an operator gave.</summary>
public sealed record ManualTier(string Code, int Rank, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Until when coming into a tier again brings nothing.</summary>
/// <param name="Number">How often it has brought something.</param>
/// <param name="Until">The end of the latest validity; null for ever.</param>
public sealed record Cycle(string Code, int Number, DateTimeOffset? Until);

/// <summary>MBR-03: a member's tier changed, or began anew. Records are only ever added.</summary>
/// <param name="Seq">1, 2, 3 … without gaps.</param>
/// <param name="Actor">The operator behind it, or null.</param>
/// <param name="ValidTo">Null for ever.</param>
public sealed record TierChange(
    long Seq,
    string From,
    string To,
    TierCause Cause,
    string? Actor,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    DateTimeOffset At);

/// <summary>Why a tier changed. Stored by name: never rename one.</summary>
public enum TierCause
{
    /// <summary>Enough growth for a higher one.</summary>
    Growth,

    /// <summary>Growth was taken back.</summary>
    Return,

    /// <summary>Its time was over: it was kept, lost, or gave way to the one that growth has opened.</summary>
    Expiry,

    /// <summary>An operator gave it.</summary>
    Manual,

    /// <summary>Two accounts became one.</summary>
    Merge,
}

/// <summary>
/// MBR-04: a tier will be lost unless growth comes in. The member is told, and takes it along.
/// </summary>
/// <param name="StayNumber">Which stay.</param>
/// <param name="DaysLeft">Before the end of its validity.</param>
/// <param name="MissingGrowth">What would keep it.</param>
public sealed record TierAboutToLapse(
    long StayNumber, string Code, int DaysLeft, DateTimeOffset ValidTo, long MissingGrowth, DateTimeOffset At);

/// <summary>Everything that the rules of tiers look at: one member, their growth and where it has led.</summary>
/// <param name="Days">Growth by day, as far back as any window reaches.</param>
/// <param name="Booked">The entry that the cause at hand has already, or null.</param>
public sealed record TierAccount(
    MemberStanding? Member,
    GrowthSum Growth,
    IReadOnlyList<DayGrowth> Days,
    Membership Membership,
    GrowthEntry? Booked)
{
    /// <summary>What has gone back of the cause at hand; null for nothing, or where a decision does not look.</summary>
    public UndoneGrowth? Undone { get; init; }

    /// <summary>What this decision adds.</summary>
    public IReadOnlyList<GrowthEntry> AddedEntries { get; init; } = [];

    /// <summary>What this decision adds.</summary>
    public IReadOnlyList<TierChange> AddedChanges { get; init; } = [];

    /// <summary>What this decision adds.</summary>
    public IReadOnlyList<TierAboutToLapse> AddedNotices { get; init; } = [];
}
