using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>Settings of prices, section <c>Pricing</c>.</summary>
public sealed class PricingOptions
{
    private const int PerYuanMax = 1_000;
    private const int PointsPerFenMax = 1_000;

    /// <summary>Points that a yuan paid for goods brings, before the tier's multiplier.</summary>
    public int PointsPerYuan { get; set; } = 1;

    /// <summary>Growth that a yuan paid for goods brings.</summary>
    public int GrowthPerYuan { get; set; } = 1;

    /// <summary>Points that are worth a fen: with 1, a hundred points pay a yuan.</summary>
    public int PointsPerFen { get; set; } = 1;

    /// <summary>The share of the goods that points can pay, in hundredths of a percent; 0 turns them off.</summary>
    public int PointsShareMaxBp { get; set; } = 5_000;

    /// <summary>The most points that one order can spend; 0 for no such limit.</summary>
    public long PointsPerOrderMax { get; set; }

    /// <summary>Whether points may pay everything; else a fen is left for WeChat Pay.</summary>
    public bool IsZeroPayAllowed { get; set; }

    public PricingTerms Terms() => new(
        PointsPerYuan, GrowthPerYuan, PointsPerFen, PointsShareMaxBp, PointsPerOrderMax, IsZeroPayAllowed);

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (PointsPerYuan is < 0 or > PerYuanMax) yield return $"Pricing:PointsPerYuan must be 0 … {PerYuanMax}.";
        if (GrowthPerYuan is < 0 or > PerYuanMax) yield return $"Pricing:GrowthPerYuan must be 0 … {PerYuanMax}.";
        if (PointsPerFen is < 1 or > PointsPerFenMax)
            yield return $"Pricing:PointsPerFen must be 1 … {PointsPerFenMax}.";
        if (PointsShareMaxBp < 0 || PointsShareMaxBp > BasisPoints.Whole.Value)
            yield return $"Pricing:PointsShareMaxBp must be 0 … {BasisPoints.Whole.Value}.";
        if (PointsPerOrderMax < 0) yield return "Pricing:PointsPerOrderMax must be 0 or more.";
    }
}
