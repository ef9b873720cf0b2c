namespace Pond.Points;

/// <summary>Settings of points, section <c>Points</c>.</summary>
public sealed class PointsOptions
{
    private const int LotMonthsMax = 36; // with one row a month, a spend stays far below the rows of one batch

    /// <summary>Points for a check-in; 0 checks in without a reward.</summary>
    public long CheckInPoints { get; set; } = 5;

    /// <summary>Months until points end, at the end of that month in China; 0 when they last for ever.</summary>
    public int LotMonths { get; set; } = 12;

    /// <summary>The most points that an operator gives or takes alone; more waits for another operator.</summary>
    public long AdjustmentApprovalLimit { get; set; } = 10_000;

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (CheckInPoints is < 0 or > PointsRules.PointsPerBookingMax)
            yield return $"Points:CheckInPoints must be 0 … {PointsRules.PointsPerBookingMax}.";
        if (AdjustmentApprovalLimit is < 0 or > PointsRules.PointsPerBookingMax)
            yield return $"Points:AdjustmentApprovalLimit must be 0 … {PointsRules.PointsPerBookingMax}.";
        if (LotMonths is < 0 or > LotMonthsMax) yield return $"Points:LotMonths must be 0 … {LotMonthsMax}.";
    }
}
