using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-06: the tier of a member at an instant and what it is worth; whoever keeps one keeps a copy.</summary>
/// <param name="Rank">0 without a programme.</param>
/// <param name="DiscountBp">Hundredths of a percent less on goods: 500 is 九五折.</param>
/// <param name="PointsMultiplierBp">10,000 earns points as anybody.</param>
/// <param name="ProgrammeVersion">Of the programme that said so.</param>
public sealed record TierBenefits(
    string? Code,
    string? Name,
    int Rank,
    int DiscountBp,
    int PointsMultiplierBp,
    int FreeShippingsPerMonth,
    long BirthdayPoints,
    long ProgrammeVersion)
{
    /// <summary>Of everybody as long as there is no programme.</summary>
    public static readonly TierBenefits None = new(null, null, 0, 0, 10_000, 0, 0, 0);

    internal static TierBenefits Of(Programme programme, Tier tier) => new(
        tier.Code, tier.Name, tier.Rank, tier.Benefits.DiscountBp, tier.Benefits.PointsMultiplierBp,
        tier.Benefits.FreeShippingsPerMonth, tier.Benefits.BirthdayPoints, programme.Version);
}

/// <summary>What tier a member is in at present. A read model, for other slices too.</summary>
public sealed class MemberTiers(PartitionStore store, TimeProvider clock)
{
    /// <summary>Exact to the instant, however late the reviews run.</summary>
    public async Task<TierBenefits> Of(string memberId, CancellationToken cancel) =>
        (await Read(memberId, cancel)).Benefits;

    internal async Task<TierView> Read(string memberId, CancellationToken cancel)
    {
        var finding = ProgrammeRows.Find(store, cancel);
        var reading = TierRows.Read(store, memberId, cancel);
        await Task.WhenAll(finding, reading);
        return TierView.At(clock.GetUtcNow(), finding.Result, reading.Result);
    }
}

/// <summary>A member's account with everything settled that is due. Pure.</summary>
internal sealed record TierView(DateTimeOffset Now, Programme Programme, TierAccount Account)
{
    /// <summary>What the member has; null without a programme.</summary>
    public Tier? Tier => Programme.Tiers.Count == 0 ? null : Programme.TierOf(Account.Membership);

    public TierBenefits Benefits => Tier is { } tier ? TierBenefits.Of(Programme, tier) : TierBenefits.None;

    public static TierView At(DateTimeOffset now, Programme programme, TierAccount account) =>
        new(now, programme, TierRules.Settle(account, programme, now).Aggregate(account, TierFold.Evolve));
}
