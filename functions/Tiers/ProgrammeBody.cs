using System.ComponentModel.DataAnnotations;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Tiers;

/// <summary>A tier as operators write and read it.</summary>
public sealed record TierBody
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    [Text(1, ProgrammeRules.CodeCharsMax)]
    public required string Code { get; init; }

    [Text(1, 20)]
    public required string Name { get; init; }

    /// <summary>Higher is better.</summary>
    [Whole(0, ProgrammeRules.RankMax)]
    public required int Rank { get; init; }

    /// <summary>The growth that opens it; 0 for the lowest.</summary>
    [Whole(0, GrowthRules.TotalGrowthMax)]
    public required long EnterGrowth { get; init; }

    /// <summary>The growth that keeps it at its review.</summary>
    [Whole(0, GrowthRules.TotalGrowthMax)]
    public required long KeepGrowth { get; init; }

    /// <summary>Days that it lasts, the day of entering being the first; 0 for ever.</summary>
    [Whole(0, ProgrammeRules.ValidityDaysMax)]
    public required int ValidityDays { get; init; }

    /// <summary>Days from its end to its review, in which it is still held.</summary>
    [Whole(0, ProgrammeRules.GraceDaysMax)]
    public required int GraceDays { get; init; }

    /// <summary>Where a member goes whose growth does not keep it.</summary>
    public required Downgrade Downgrade { get; init; }

    [Inner]
    public required BenefitsBody Benefits { get; init; }

    public static TierBody Of(Tier tier) => new()
    {
        Code = tier.Code,
        Name = tier.Name,
        Rank = tier.Rank,
        EnterGrowth = tier.EnterGrowth,
        KeepGrowth = tier.KeepGrowth,
        ValidityDays = tier.ValidityDays,
        GraceDays = tier.GraceDays,
        Downgrade = tier.Downgrade,
        Benefits = BenefitsBody.Of(tier.Benefits),
    };

    public Tier ToTier() => new(
        Code, Name, Rank, EnterGrowth, KeepGrowth, ValidityDays, GraceDays, Downgrade, Benefits.ToBenefits());
}

/// <summary>What a tier brings, as operators write and read it.</summary>
public sealed record BenefitsBody : IValidatableObject
{
    /// <summary>Hundredths of a percent less on goods: 500 is 九五折.</summary>
    [Whole(0, ProgrammeRules.DiscountBpMax)]
    public required int DiscountBp { get; init; }

    /// <summary>10000 earns points as anybody, 20000 twice as many.</summary>
    [Whole(ProgrammeRules.PointsMultiplierBpMin, ProgrammeRules.PointsMultiplierBpMax)]
    public required int PointsMultiplierBp { get; init; }

    [Whole(0, ProgrammeRules.FreeShippingsMax)]
    public required int FreeShippingsPerMonth { get; init; }

    [Whole(0, ProgrammeRules.PointsMax)]
    public required long BirthdayPoints { get; init; }

    /// <summary>Given once on entering.</summary>
    [Whole(0, ProgrammeRules.PointsMax)]
    public required long EnterPoints { get; init; }

    /// <summary>A coupon of each, once on entering.</summary>
    [Length(0, ProgrammeRules.CouponsMax, ErrorMessage = "最多 10 个")]
    public required IReadOnlyList<string> EnterCouponTemplateIds { get; init; }

    public static BenefitsBody Of(Benefits benefits) => new()
    {
        DiscountBp = benefits.DiscountBp,
        PointsMultiplierBp = benefits.PointsMultiplierBp,
        FreeShippingsPerMonth = benefits.FreeShippingsPerMonth,
        BirthdayPoints = benefits.BirthdayPoints,
        EnterPoints = benefits.EnterPoints,
        EnterCouponTemplateIds = benefits.EnterCouponTemplateIds,
    };

    public Benefits ToBenefits() => new(
        DiscountBp, PointsMultiplierBp, FreeShippingsPerMonth, BirthdayPoints, EnterPoints, EnterCouponTemplateIds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EnterCouponTemplateIds.All(Ids.IsId))
            yield return new ValidationResult("含有无效的优惠券编号", [nameof(EnterCouponTemplateIds)]);
    }
}

/// <summary>The programme as operators read it.</summary>
/// <param name="Version">To be sent back with the next change.</param>
public sealed record ProgrammeResponse(
    long Version, int WindowDays, ReturnPolicy Returns, IReadOnlyList<TierBody> Tiers)
{
    public static ProgrammeResponse Of(Programme programme) => new(
        programme.Version, programme.WindowDays, programme.Returns, [.. programme.Tiers.Select(TierBody.Of)]);
}
