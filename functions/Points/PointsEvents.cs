using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Points;

/// <summary>What can happen to points. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Earned), "earned")]
[JsonDerivedType(typeof(Spent), "spent")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(MadeUp), "made-up")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(HoldPosted), "hold-posted")]
[JsonDerivedType(typeof(HoldVoided), "hold-voided")]
[JsonDerivedType(typeof(HoldAbandoned), "hold-abandoned")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(ToldOfEnds), "told-of-ends")]
[JsonDerivedType(typeof(Refunded), "refunded")]
[JsonDerivedType(typeof(Reversed), "reversed")]
[JsonDerivedType(typeof(UndoneAhead), "undone-ahead")]
[JsonDerivedType(typeof(MovedOut), "moved-out")]
[JsonDerivedType(typeof(MovedIn), "moved-in")]
public abstract partial record PointsEvent
{
    private PointsEvent()
    {
    }

    /// <summary>The lot lacks what settled a debt.</summary>
    /// <param name="CutPoints">What a cap did not let in.</param>
    public sealed record Earned(Lot Lot, long CutPoints = 0) : PointsEvent;

    public sealed record Spent(Cause Cause, long Points, IReadOnlyList<LotPart> Parts, DateTimeOffset At) : PointsEvent;

    public sealed record CheckedIn(ChinaDay Day, int StreakDays, int TotalDays, long RewardPoints) : PointsEvent;

    /// <summary>A card was used for a missed day.</summary>
    public sealed record MadeUp(ChinaDay Day, ChinaDay UsedOn, int StreakDays, int TotalDays, long RewardPoints)
        : PointsEvent;

    /// <summary>An operator stands behind the booking beside it.</summary>
    public sealed record Adjusted(
        string MemberId, string OperatorId, string Reason, long BeforePoints, long AfterPoints, DateTimeOffset At)
        : PointsEvent;

    public sealed record Held(Hold Hold) : PointsEvent;

    public sealed record HoldPosted(Hold Hold, DateTimeOffset At) : PointsEvent;

    /// <param name="Parts">What goes back to lots.</param>
    /// <param name="SettledPoints">What settles a debt instead.</param>
    public sealed record HoldVoided(
        Hold Hold, IReadOnlyList<LotPart> Parts, long SettledPoints, DateTimeOffset At) : PointsEvent;

    /// <summary>Nothing was held for the cause, and nothing ever will be.</summary>
    public sealed record HoldAbandoned(Cause Cause, DateTimeOffset At) : PointsEvent;

    public sealed record Expired(Cause Cause, long Points, IReadOnlyList<LotPart> Parts, DateTimeOffset At)
        : PointsEvent;

    /// <summary>The member is to be reminded of points that end, or of none when they could not spend them.</summary>
    public sealed record ToldOfEnds(string MemberId, IReadOnlyList<EndingSoon> Ends, DateTimeOffset At) : PointsEvent;

    /// <param name="Spend">What is undone.</param>
    /// <param name="TotalPoints">Undone of it so far, this included.</param>
    /// <param name="Parts">What goes back to lots.</param>
    /// <param name="SettledPoints">What settles a debt instead.</param>
    public sealed record Refunded(
        Cause Spend,
        Cause Cause,
        long TotalPoints,
        long Points,
        IReadOnlyList<LotPart> Parts,
        long SettledPoints,
        DateTimeOffset At)
        : PointsEvent;

    /// <param name="Earn">What is undone.</param>
    /// <param name="TotalPoints">Undone of it so far, this included.</param>
    /// <param name="Parts">What comes out of lots.</param>
    /// <param name="DebtPoints">What was spent.</param>
    /// <param name="Forgiven">What had ended, which is not booked again; null for nothing.</param>
    public sealed record Reversed(
        Cause Earn,
        Cause Cause,
        long TotalPoints,
        long Points,
        IReadOnlyList<LotPart> Parts,
        long DebtPoints,
        DateTimeOffset At,
        EndedPoints? Forgiven = null)
        : PointsEvent;

    /// <summary>A share of what was not earned yet is to be taken back once it is.</summary>
    public sealed record UndoneAhead(Cause Earn, Share Share, DateTimeOffset At) : PointsEvent;

    /// <summary>Everything left an account that was merged.</summary>
    /// <param name="Number">Of the line of the ledger that says so.</param>
    public sealed record MovedOut(
        string FromMemberId,
        string IntoMemberId,
        string Number,
        IReadOnlyList<Lot> Lots,
        long DebtPoints,
        CheckIns CheckIns,
        DateTimeOffset At)
        : PointsEvent;

    /// <summary>It arrived at the other.</summary>
    /// <param name="DebtPoints">What came along of debt.</param>
    /// <param name="Settled">What settles a debt, from lots that were here or came along.</param>
    public sealed record MovedIn(
        Cause Cause,
        IReadOnlyList<Lot> Lots,
        long DebtPoints,
        IReadOnlyList<LotPart> Settled,
        CheckIns CheckIns,
        DateTimeOffset At)
        : PointsEvent;
}
