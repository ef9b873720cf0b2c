namespace Pond.Promotions;

/// <summary>Looks at the parts of promotions, in the slices that have them.</summary>
public sealed class PromotionParts(IEnumerable<IPromotable> slices)
{
    private readonly Dictionary<PartKind, IPromotable> byKind = slices.ToDictionary(slice => slice.Kind);

    /// <summary>Each as it is now, in the plan's order; null for one that is not there.</summary>
    public Task<PartLook?[]> LookAt(PromotionPlan plan, CancellationToken cancel) =>
        Task.WhenAll(plan.Parts.Select(part => byKind[part.Kind].Find(part.Id, cancel)));
}
