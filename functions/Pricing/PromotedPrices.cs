using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Pricing;

/// <summary>CMP-01: price promotions, as promotions look at them. A published one keeps its terms.</summary>
public sealed class PromotedPrices(PartitionStore store) : IPromotable
{
    public PartKind Kind => PartKind.PricePromotion;

    public async Task<PartLook?> Find(string id, CancellationToken cancel) =>
        await PromotionRows.Find(store, id, cancel) is { Terms: var terms } promotion
            ? new PartLook(
                terms.Name, terms.PromotionId, promotion.State is PromotionState.Published, terms.Scope.SkuIds ?? [],
                terms.Limits.UsesMax, MostFen: null)
            : null;
}
