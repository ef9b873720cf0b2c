using System.Text.Json.Serialization;
using Pond.Operators;

namespace Pond.Leaderboards;

/// <summary>LDB-01: who brings the most friends that are rewarded within a window, and what the first get.</summary>
/// <param name="Id">Sorts by the time of its creation.</param>
/// <param name="ReviewDays">So many days after its end a person may settle it.</param>
/// <param name="Prizes">By places, the first coming first.</param>
/// <param name="ExcludedIds">Sharers whom a person has taken off it.</param>
/// <param name="Winners">Null until it is settled; then final.</param>
public sealed record Leaderboard(
    string Id,
    string Name,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int ReviewDays,
    IReadOnlyList<LeaderboardPrize> Prizes,
    IReadOnlyList<string> ExcludedIds,
    IReadOnlyList<Winner>? Winners = null)
{
    public const int ReviewDaysMax = 30;
    public const int DaysMax = 366;
    public const int ExcludedMax = 200;

    /// <summary>Places that can have a prize: what all of them get fits into one commit.</summary>
    public const int PlacesMax = 20;

    /// <summary>The last place that has a prize, and that is shown.</summary>
    [JsonIgnore]
    public int Places => Prizes[^1].ToPlace;

    [JsonIgnore]
    public DateTimeOffset SettlesFrom => EndsAt.AddDays(ReviewDays);

    /// <summary>Whether what happened then counts. The window is half-open.</summary>
    public bool Covers(DateTimeOffset at) => StartsAt <= at && at < EndsAt;

    /// <summary>The clock decides, not a timer.</summary>
    public LeaderboardPhase PhaseAt(DateTimeOffset now) => this switch
    {
        { Winners: not null } => LeaderboardPhase.Settled,
        _ when now < StartsAt => LeaderboardPhase.Scheduled,
        _ when now < EndsAt => LeaderboardPhase.Running,
        _ => LeaderboardPhase.Reviewing,
    };
}

/// <summary>LDB-04. Part of the API contract: never rename one.</summary>
public enum LeaderboardPhase
{
    Scheduled,
    Running,

    /// <summary>Its time is over: nothing that happens from now on counts, and a person looks at it.</summary>
    Reviewing,

    /// <summary>Its prizes are given. Final.</summary>
    Settled,
}

/// <summary>What the members on some places get.</summary>
/// <param name="ToPlace">The last of them.</param>
/// <param name="TemplateId">A coupon of it; null for none.</param>
/// <param name="Honour">LDB-06: a title that they may bear for a while; null for none.</param>
/// <param name="HonourDays">For how long; 0 without an honour.</param>
public sealed record LeaderboardPrize(
    int FromPlace, int ToPlace, long Points, long Growth, string? TemplateId, string? Honour, int HonourDays);

/// <summary>Who got which prize.</summary>
public sealed record Winner(int Place, string MemberId, int Friends, LeaderboardPrize Prize);

/// <summary>All that is open, and the one that a decision is about.</summary>
/// <param name="Open">How many are not settled.</param>
/// <param name="Board">Null when there is none of that id.</param>
public sealed record LeaderboardDesk(int Open, Leaderboard? Board);

/// <summary>An operator has changed a leaderboard.</summary>
public sealed record LeaderboardMoved(Leaderboard After, OperatorActedV1 Act);
