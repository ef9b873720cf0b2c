using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>D30, D31: keeps uses of limited promotions for an order. For those who place orders.</summary>
/// <remarks>
/// A paid order keeps its uses; an order that is not paid, or is refunded as a whole, gives them back by the messages
/// of orders; what was released is never reserved after.
/// </remarks>
public sealed class PromotionUses(Transactor transactor, PartitionStore store, MemberTiers tiers, Ids ids)
{
    /// <summary>All of them or none; the same again has the same outcome.</summary>
    public async Task<Refusal?> Reserve(
        string orderId, string memberId, IReadOnlyList<PromotionUse> uses, CancellationToken cancel)
    {
        if (uses.Count == 0) return null;
        var wishes = await Task.WhenAll(uses.Select(use => Wish(memberId, use, cancel)));
        if (wishes.Any(wish => wish is null)) return PromotionRefusals.Missing;

        var why = await ReserveAll(orderId, memberId, [.. wishes.OfType<UseWish>()], cancel);
        if (why is not null) await Release(orderId, memberId, uses, Operation(nameof(Release)), cancel);
        return why;
    }

    /// <summary>Gives everything back, whether or not it was reserved.</summary>
    internal async Task Release(
        string orderId,
        string memberId,
        IReadOnlyList<PromotionUse> uses,
        Operation operation,
        CancellationToken cancel)
    {
        if (uses.Count == 0) return;
        string[] promotionIds = [.. uses.Select(use => use.PromotionId)];
        await transactor.Run(
            UseRows.OfMember(memberId, orderId, promotionIds),
            operation,
            (held, _) => UseRules.Release(held.Order, orderId),
            cancel);
        foreach (var id in promotionIds.Where(id => !PricingRules.IsShippingUse(id)))
        {
            await transactor.Run(
                UseRows.Total(id, orderId),
                operation,
                (counter, _) => UseRules.Release(counter.Order, orderId),
                cancel);
        }
    }

    // What is refused leaves something to release, which the caller does: the outcomes are the same each time.
    private async Task<Refusal?> ReserveAll(
        string orderId, string memberId, IReadOnlyList<UseWish> wishes, CancellationToken cancel)
    {
        UseWish[] ofMember = [.. wishes.Where(wish => wish.Limits.UsesPerMemberMax is not null)];
        if (ofMember.Length > 0)
        {
            var decision = await transactor.Run(
                UseRows.OfMember(memberId, orderId, [.. ofMember.Select(wish => wish.Use.PromotionId)]),
                Operation(nameof(Reserve)),
                (uses, _) => UseRules.Reserve(uses, orderId, ofMember),
                cancel);
            if (decision.Refusal is { } why) return why;
        }

        foreach (var wish in wishes.Where(wish => wish.Limits.IsLimitedInAll))
        {
            var decision = await transactor.Run(
                UseRows.Total(wish.Use.PromotionId, orderId),
                Operation(nameof(Reserve)),
                (counter, _) => UseRules.Reserve(counter, orderId, wish),
                cancel);
            if (decision.Refusal is { } why) return why;
        }

        return null;
    }

    private async Task<UseWish?> Wish(string memberId, PromotionUse use, CancellationToken cancel)
    {
        if (PricingRules.IsShippingUse(use.PromotionId))
        {
            var tier = await tiers.Of(memberId, cancel);
            return new UseWish(use, new UseLimits(null, tier.FreeShippingsPerMonth, null));
        }

        return await PromotionRows.Find(store, use.PromotionId, cancel) is { } promotion
            ? new UseWish(use, promotion.Terms.Limits)
            : null;
    }

    // The order's own rows tell what was done before; a record of the call would tell it even after a release.
    private Operation Operation(string name) => new($"{nameof(PromotionUses)}.{name}", ids.Next(), Fingerprint: null);
}
