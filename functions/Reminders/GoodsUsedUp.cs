using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>REP-03: whether what somebody needs again is what they bought last, and can be had.</summary>
public sealed class GoodsUsedUp(PartitionStore store, ProductCatalogue catalogue) : ITouchSubject
{
    public Occasion Occasion => Occasion.RepurchaseDue;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel)
    {
        var partition = MemberRows.Partition(memberId);
        var standing = await store.Find<MemberStanding>(partition, MemberRows.Head, cancel);
        if (MemberStanding.WhyNot(standing) is not null) return false;
        var cycle = await store.Find<RepurchaseCycle>(
            partition, CycleRows.Row(CycleRules.CycleOf(occasionId)), cancel);
        if (!CycleRules.IsPlanned(cycle, occasionId)) return false;
        var skus = await catalogue.Find([cycle!.SkuId], cancel);
        return skus.GetValueOrDefault(cycle.SkuId) is { IsOnSale: true } sku
            && await catalogue.HasStock(sku, cancel);
    }
}
