namespace Pond.Points;

/// <summary>
/// Points that wait for what becomes of their cause, such as an order: out of the lots, and not yet spent.
/// </summary>
/// <param name="Parts">The lots that they came from, and go back to when nothing comes of it.</param>
/// <param name="Until">From then on it can only be voided.</param>
public sealed record Hold(
    Cause Cause, long Points, IReadOnlyList<LotPart> Parts, DateTimeOffset At, DateTimeOffset Until);

/// <summary>What became of a hold: one row, so that it can never become both.</summary>
public sealed record HoldEnd(Cause Cause, HoldOutcome Outcome, DateTimeOffset At);

/// <summary>How a hold can end. Stored by name: never rename one.</summary>
public enum HoldOutcome
{
    /// <summary>Its points are spent.</summary>
    Posted,

    /// <summary>Its points are back in their lots.</summary>
    Voided,
}
