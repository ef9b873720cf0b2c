using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>What goods cost at the price of an activity, freight included. For orders that are part of one.</summary>
public sealed class DealPrices(
    PartitionStore store,
    ProductCatalogue catalogue,
    MemberTiers tiers,
    Deliveries deliveries,
    PricingOptions options,
    TimeProvider clock)
{
    private const int ProvinceChars = 2;

    /// <summary>The cart and its SKU, or why there is no price.</summary>
    public async Task<(PricedCart? Cart, Sku? Sku, Refusal? WhyNot)> Price(
        string memberId, DealPrice wish, CancellationToken cancel)
    {
        var finding = catalogue.Find([wish.SkuId], cancel);
        var tier = tiers.Of(memberId, cancel);
        var address = wish.AddressId is { } addressId
            ? deliveries.FindAddress(memberId, addressId, cancel)
            : Task.FromResult<Address?>(null);
        await Task.WhenAll(finding, tier, address);

        if (!finding.Result.TryGetValue(wish.SkuId, out var sku) || !sku.IsOnSale)
            return (null, null, PricingRefusals.GoodsMissing);
        if (wish.AddressId is not null && address.Result is null) return (null, null, PricingRefusals.AddressMissing);
        var freight = sku.FreightTemplateId is { } id ? await FreightRows.Find(store, id, cancel) : null;
        var (cart, whyNot) = DealPriceRules.Price(
            sku, wish, tier.Result, freight, address.Result?.RegionCode[..ProvinceChars], clock.GetUtcNow(),
            options.Terms());
        return (cart, sku, whyNot);
    }
}

/// <summary>Goods at the price of an activity.</summary>
/// <param name="PriceFen">Of one piece.</param>
/// <param name="Name">Of the activity, as a shopper reads it.</param>
public sealed record DealPrice(string SkuId, int Quantity, long PriceFen, string Name, string? AddressId);

/// <summary>Reckons it. Pure.</summary>
public static class DealPriceRules
{
    /// <summary>One line, with freight by its template and nothing else that changes a price.</summary>
    internal static (PricedCart? Cart, Refusal? WhyNot) Price(
        Sku sku,
        DealPrice wish,
        TierBenefits tier,
        FreightTemplate? freight,
        string? provinceCode,
        DateTimeOffset now,
        PricingTerms terms)
    {
        var plain = new PricingInput(
            [new CartLine(sku with { PriceFen = wish.PriceFen }, wish.Quantity)],
            GiftSkus: new Dictionary<string, Sku>(),
            Promotions: [],
            Wallet: Array.Empty<Coupon>(),
            AreCouponsGiven: true,
            PointsWanted: 0,
            PointsLeft: 0,
            tier with { DiscountBp = 0, FreeShippingsPerMonth = 0 },
            ShippingsUsed: 0,
            freight is null ? new Dictionary<string, FreightTemplate>() : new() { [freight.Id] = freight },
            provinceCode,
            RegisteredAt: now,
            now,
            terms);
        var (cart, whyNot) = PricingRules.Price(plain);
        if (cart is null) return (null, whyNot);
        var savedFen = checked((sku.PriceFen - wish.PriceFen) * wish.Quantity);
        return (
            cart with
            {
                Lines = [.. cart.Lines.Select(line => line with { ListPriceFen = sku.PriceFen })],
                Tier = tier,
                Explain = [new Explained(wish.Name, wish.Name, savedFen, "活动价", Code: null)],
            },
            null);
    }
}
