using Pond.Coupons;
using Pond.Kernel;
using Pond.Points;
using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>Reserves what an order needs. Each part is all or nothing, and has the same outcome again.</summary>
public sealed class OrderReservations(
    ProductCatalogue catalogue,
    StockReservations stock,
    OrderPoints points,
    OrderCoupons coupons,
    PromotionUses uses,
    IEnumerable<IDealKeeper> keepers)
{
    /// <summary>
    /// All of it; or why not, with the rest left as it was: whoever gives the order up has it released.
    /// </summary>
    public async Task<(IReadOnlyList<ReservedStock> Stock, Refusal? WhyNot)> Reserve(
        Order order, CancellationToken cancel)
    {
        var cart = order.Cart;
        if (order.Deal is { } deal
            && await keepers.Single(one => one.Kind == deal.Kind).Keep(DealRules.HoldOf(order, deal), cancel)
                is { } noDeal)
            return ([], noDeal);
        if (cart.UsedPoints > 0
            && await points.Hold(order.MemberId, order.Id, cart.UsedPoints, cancel) is { } noPoints)
            return ([], noPoints);
        if (cart.CouponIds.Count > 0
            && await coupons.Reserve(order.MemberId, order.Id, cart.CouponIds, cancel) is { } noCoupons)
            return ([], noCoupons);
        if (cart.Uses.Count > 0
            && await uses.Reserve(order.Id, order.MemberId, cart.Uses, cancel) is { } noUses)
            return ([], noUses);
        return await ReserveStock(order, cancel);
    }

    // Last, as it is what others want.
    private async Task<(IReadOnlyList<ReservedStock> Stock, Refusal? WhyNot)> ReserveStock(
        Order order, CancellationToken cancel)
    {
        if (order.Deal is not null) return await stock.Reserve(order.Id, order.Wanted, cancel);
        var skus = await catalogue.Find([.. order.Wanted.Select(want => want.SkuId)], cancel);
        if (order.Wanted.Any(want => !skus.ContainsKey(want.SkuId))) return ([], OrderRefusals.GoodsGone);
        return await stock.Reserve(
            order.Id,
            [.. order.Wanted.Select(want => want with { Shards = skus[want.SkuId].StockShards })],
            cancel);
    }
}
