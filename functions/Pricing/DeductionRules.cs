using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>PRC-02: how much points may pay. Pure.</summary>
public static class DeductionRules
{
    /// <summary>
    /// The lines with what points take off them; more points than can be used are left, never an error.
    /// </summary>
    public static IReadOnlyList<PricedLine> Deduct(
        IReadOnlyList<PricedLine> lines, long freightPayFen, long pointsWanted, long pointsLeft, PricingTerms terms)
    {
        var points = Math.Min(pointsWanted, pointsLeft);
        if (terms.PointsMax > 0) points = Math.Min(points, terms.PointsMax);
        var goodsFen = lines.Sum(line => line.PayFen());
        var mostFen = (long)((Int128)goodsFen * terms.PointsShareMaxBp / BasisPoints.Whole.Value);
        if (!terms.IsZeroPayAllowed) mostFen = Math.Min(mostFen, goodsFen + freightPayFen - 1);

        var offFen = Math.Min(points / terms.PointsPerFen, mostFen);
        if (offFen <= 0) return lines;
        var shares = SplitRules.Split(offFen, [.. lines.Select(line => line.PayFen())]);
        return
        [
            .. lines.Zip(shares, (line, share) =>
                line with { PointsOffFen = share, UsedPoints = share * terms.PointsPerFen }),
        ];
    }
}
