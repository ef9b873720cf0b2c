using Pond.Activities;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Bargains;

/// <summary>Looks at what marketing wants to offer: by WeChat's rules, by itself, and by what the goods cost.</summary>
public sealed class BargainDrafts(ActivityDrafts drafts, ProductCatalogue catalogue)
{
    /// <summary>The terms, or why not.</summary>
    public async Task<(BargainTerms? Terms, Refusal? WhyNot)> Check(BargainRequest body, CancellationToken cancel)
    {
        var skus = await catalogue.Find([body.SkuId], cancel);
        var listFen = skus.GetValueOrDefault(body.SkuId)?.PriceFen ?? 0;
        var terms = body.Terms(listFen);
        var whyNot = BargainRules.WhyForbidden(terms, body.Name, body.IsCountHidden, body.Condition)
            ?? await drafts.WhyNoSale([(body.SkuId, body.FloorFen)], cancel)
            ?? BargainRules.WhyUnsound(terms, listFen)
            ?? ActivityRules.WhyUnsound(body.Plan());
        return whyNot is null ? (terms, null) : (null, whyNot);
    }
}
