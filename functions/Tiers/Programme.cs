namespace Pond.Tiers;

/// <summary>MBR-02: what the brand gives its members for their growth, all of it in one document.</summary>
/// <param name="Version">1, 2, 3 … with every change; 0 as long as there is none.</param>
/// <param name="WindowDays">Days that growth counts, the day of its booking being the first; 0 for ever.</param>
/// <param name="Tiers">From the lowest, which is everybody's, up; empty as long as there is no programme.</param>
public sealed record Programme(long Version, int WindowDays, ReturnPolicy Returns, IReadOnlyList<Tier> Tiers)
{
    public static readonly Programme None = new(0, 0, ReturnPolicy.AtReview, []);

    /// <summary>Everybody's from the start. It has no end, and entering it brings nothing.</summary>
    public Tier Lowest() => Tiers[0];

    /// <summary>The highest tier that so much growth opens.</summary>
    public Tier OpenedBy(long growth) => Tiers.Last(tier => tier.EnterGrowth <= growth || tier == Lowest());

    /// <summary>The tier of that code; when the programme has dropped it, the next one that is not above it.</summary>
    public Tier TierOf(string code, int rank) =>
        Tiers.FirstOrDefault(tier => tier.Code == code) ?? Tiers.LastOrDefault(tier => tier.Rank <= rank) ?? Lowest();

    /// <summary>The tier that a stay is in.</summary>
    public Tier TierOf(Stay? stay) => stay is null ? Lowest() : TierOf(stay.Code, stay.Rank);

    /// <summary>The tier that a member has the benefits of.</summary>
    public Tier TierOf(Membership membership) =>
        membership.Manual is { } manual ? TierOf(manual.Code, manual.Rank) : TierOf(membership.Stay);

    /// <summary>The next lower tier.</summary>
    public Tier Below(Tier tier) => Tiers.LastOrDefault(lower => lower.Rank < tier.Rank) ?? Lowest();

    /// <summary>Where somebody goes who does not keep a tier with so much growth.</summary>
    public Tier After(Tier tier, long growth) =>
        tier.Downgrade is Downgrade.OneStep ? Below(tier) : OpenedBy(growth);

    /// <summary>Whether both promise the same, whatever their versions.</summary>
    public bool Promises(Programme other) =>
        WindowDays == other.WindowDays && Returns == other.Returns
        && Tiers.Count == other.Tiers.Count && Tiers.Zip(other.Tiers).All(pair => pair.First.Promises(pair.Second));
}

/// <summary>One tier.</summary>
/// <param name="Code">Names it in stored stays; lower-case letters, digits and hyphens.</param>
/// <param name="Rank">Higher is better.</param>
/// <param name="EnterGrowth">The growth that opens it.</param>
/// <param name="KeepGrowth">The growth that keeps it at its review; at most <see cref="EnterGrowth"/>.</param>
/// <param name="ValidityDays">Days that it lasts, the day of entering being the first; 0 for ever.</param>
/// <param name="GraceDays">Days from its end to its review, in which it is still held.</param>
public sealed record Tier(
    string Code,
    string Name,
    int Rank,
    long EnterGrowth,
    long KeepGrowth,
    int ValidityDays,
    int GraceDays,
    Downgrade Downgrade,
    Benefits Benefits)
{
    /// <summary>Whether both are the same in every word.</summary>
    public bool Promises(Tier other) =>
        this with { Benefits = other.Benefits } == other
        && Benefits with { EnterCouponTemplateIds = other.Benefits.EnterCouponTemplateIds } == other.Benefits
        && Benefits.EnterCouponTemplateIds.SequenceEqual(other.Benefits.EnterCouponTemplateIds);
}

/// <summary>What a tier brings.</summary>
/// <param name="DiscountBp">Hundredths of a percent less on goods: 500 is 九五折.</param>
/// <param name="PointsMultiplierBp">10,000 earns points as anybody, 20,000 twice as many.</param>
/// <param name="EnterPoints">Given once on entering.</param>
/// <param name="EnterCouponTemplateIds">A coupon of each, once on entering.</param>
public sealed record Benefits(
    int DiscountBp,
    int PointsMultiplierBp,
    int FreeShippingsPerMonth,
    long BirthdayPoints,
    long EnterPoints,
    IReadOnlyList<string> EnterCouponTemplateIds);

/// <summary>Where a member goes whose growth does not keep the tier. Stored by name: never rename one.</summary>
public enum Downgrade
{
    /// <summary>Nowhere: the tier is kept.</summary>
    None,

    /// <summary>To the next lower tier.</summary>
    OneStep,

    /// <summary>To the tier that the growth opens.</summary>
    Recompute,
}

/// <summary>When growth that was taken back can cost a tier. Stored by name: never rename one.</summary>
public enum ReturnPolicy
{
    /// <summary>When the tier is reviewed anyway.</summary>
    AtReview,

    /// <summary>At once.</summary>
    AtOnce,
}
