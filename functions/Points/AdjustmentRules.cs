using Pond.Kernel;

namespace Pond.Points;

/// <summary>The values of one adjustment.</summary>
/// <param name="Points">Positive to give, negative to take.</param>
public sealed record Adjustment(
    Cause Cause, string LotId, long Points, string MemberId, string OperatorId, string Reason);

/// <summary>PTS-09: an operator's booking is an ordinary one with somebody's name on it. Pure.</summary>
public static class AdjustmentRules
{
    public static Decision<PointsEvent> Adjust(
        PointsAccount account, Adjustment adjustment, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var booking = adjustment.Points < 0
            ? PointsRules.Spend(account, adjustment.Cause, -adjustment.Points, now)
            : PointsRules.Earn(account, adjustment.Cause, adjustment.LotId, adjustment.Points, expiresAt, now);
        if (booking.Facts.Count == 0) return booking;

        var before = account.Balance.PostedPoints;
        PointsEvent adjusted = new PointsEvent.Adjusted(
            adjustment.MemberId, adjustment.OperatorId, adjustment.Reason, before, before + adjustment.Points, now);
        return booking.Facts.Append(adjusted).ToArray();
    }
}
