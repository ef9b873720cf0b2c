using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Coupons;

/// <summary>CMP-01: templates, as promotions look at them. Once one is published, its terms never change.</summary>
public sealed class PromotedTemplates(PartitionStore store) : IPromotable
{
    public PartKind Kind => PartKind.CouponTemplate;

    public async Task<PartLook?> Find(string id, CancellationToken cancel)
    {
        if (await TemplateRows.Find(store, id, cancel) is not { Terms: var terms } template) return null;
        var mostFen = terms.Discount.Kind is DiscountKind.AmountOff ? terms.Discount.AmountFen : terms.Discount.CapFen;
        return new PartLook(
            terms.Name, terms.PromotionId, template.State is TemplateState.Published, terms.Scope?.SkuIds ?? [],
            template.Stock, mostFen);
    }
}
