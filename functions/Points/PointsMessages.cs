using Pond.Platform;

namespace Pond.Points;

/// <summary>What was left on an account that was merged goes on to the other.</summary>
/// <param name="Cause">The same however often it is told.</param>
/// <param name="CheckIns">None but with the first.</param>
public sealed record PointsMovedV1(
    string FromMemberId,
    string IntoMemberId,
    Cause Cause,
    IReadOnlyList<Lot> Lots,
    long DebtPoints,
    CheckIns CheckIns,
    DateTimeOffset At);

/// <summary>The queues of this slice.</summary>
public static class PointsMessages
{
    public const string MovesQueue = "points-moves";

    public static Message Moved(PointsMovedV1 moved) => new(MovesQueue, moved);
}
