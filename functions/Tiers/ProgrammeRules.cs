using Pond.Kernel;

namespace Pond.Tiers;

/// <summary>MBR-02: when a programme makes sense. Pure.</summary>
public static class ProgrammeRules
{
    public const int TiersMax = 10;
    public const int CodeCharsMax = 20;
    public const int CouponsMax = 10;
    public const int RankMax = 1_000;
    public const int WindowDaysMax = 730;
    public const int ValidityDaysMax = 1_830;
    public const int GraceDaysMax = 90;
    public const int DiscountBpMax = 9_900;
    public const int PointsMultiplierBpMin = 10_000;
    public const int PointsMultiplierBpMax = 100_000;
    public const int FreeShippingsMax = 100;
    public const long PointsMax = 1_000_000;

    private const string CodeChars = "-0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>An operator replaces the programme that they looked at; the same again changes nothing.</summary>
    /// <param name="after">With the version that it replaces.</param>
    public static Decision<ProgrammeReplaced> Replace(
        Programme before, Programme after, string operatorId, string reason, DateTimeOffset now)
    {
        if (WhyNot(after.Tiers) is { } why) return why;
        if (before.Version > 0 && before.Promises(after)) return Decision<ProgrammeReplaced>.Nothing;
        if (before.Version != after.Version) return TierRefusals.OldVersion;

        return new ProgrammeReplaced(before, after with { Version = before.Version + 1 }, operatorId, reason, now);
    }

    /// <summary>What is wrong with a list of tiers, or null.</summary>
    public static Refusal? WhyNot(IReadOnlyList<Tier> tiers)
    {
        if (tiers.Any(tier => tier.Code.Any(letter => !CodeChars.Contains(letter)))) return TierRefusals.BadCode;
        if (tiers.DistinctBy(tier => tier.Code).Count() < tiers.Count) return TierRefusals.BadCode;
        if (!Rises(tiers, tier => tier.Rank)) return TierRefusals.BadRank;
        if (!Rises(tiers, tier => tier.EnterGrowth) || tiers is [{ EnterGrowth: not 0 }, ..])
            return TierRefusals.BadThreshold;
        if (tiers.Any(tier => tier.KeepGrowth > tier.EnterGrowth)) return TierRefusals.BadThreshold;
        if (tiers is [{ Benefits: { EnterPoints: > 0 } or { EnterCouponTemplateIds.Count: > 0 } }, ..])
            return TierRefusals.LowestEntered;

        return tiers.Any(tier =>
            tier.Benefits.EnterCouponTemplateIds.Distinct(StringComparer.Ordinal).Count()
                < tier.Benefits.EnterCouponTemplateIds.Count)
            ? TierRefusals.BadCoupons
            : null;
    }

    private static bool Rises(IReadOnlyList<Tier> tiers, Func<Tier, long> value) =>
        tiers.Zip(tiers.Skip(1)).All(pair => value(pair.First) < value(pair.Second));
}

/// <summary>What can happen to the programme.</summary>
public sealed record ProgrammeReplaced(
    Programme Before, Programme After, string OperatorId, string Reason, DateTimeOffset At);
