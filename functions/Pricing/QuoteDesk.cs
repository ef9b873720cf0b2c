using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Products;
using Pond.Promotions;
using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>PRC-05: reckons what a cart costs a member now. For quotes, and for orders that come with one.</summary>
/// <remarks>Two rounds of reads: what the request names, and then what that leads to. Nothing is remembered.</remarks>
public sealed class QuoteDesk(
    PartitionStore store,
    ProductCatalogue catalogue,
    ValidCoupons coupons,
    SpendableLots lots,
    MemberTiers tiers,
    Deliveries deliveries,
    PromotionDoors doors,
    QuoteTokens tokens,
    PricingOptions options,
    TimeProvider clock)
{
    /// <summary>Coupons of a wallet that the best are chosen from: those that end first.</summary>
    public const int WalletMax = 100;

    private const int ProvinceChars = 2;

    /// <summary>The price at this instant, with a fresh token; or why there is none.</summary>
    public async Task<(Quote? Quote, Refusal? WhyNot)> Price(
        MemberCaller caller, QuoteRequest request, CancellationToken cancel)
    {
        if (request.Lines.DistinctBy(line => line.SkuId).Count() < request.Lines.Count)
            return (null, PricingRefusals.DoubledLine);

        var (first, whyNot) = await ReadFirst(caller.Id, request, cancel);
        if (first is null) return (null, whyNot);
        var input = await ReadRest(caller, request, first, cancel);
        var (cart, unpriced) = PricingRules.Price(input);
        if (cart is null) return (null, unpriced);

        var (token, expiresAt) = tokens.Issue(caller.Id, Basis(request, input, cart));
        return (new Quote(cart, token, expiresAt, first.ProvinceCode), null);
    }

    /// <summary>Whether a token was given for this very price, and has not ended.</summary>
    public bool Holds(string token, string memberId, Quote now) => tokens.Holds(token, memberId, now.Token);

    // What was considered and does not count may change without changing the price.
    private static object Basis(QuoteRequest request, PricingInput input, PricedCart cart)
    {
        var counting = cart.Explain.Where(one => one.Code is null).Select(one => one.Id).ToHashSet();
        return new
        {
            request.Lines,
            request.CouponIds,
            request.Points,
            request.AddressId,
            input.ProvinceCode,
            Promotions = BasePriceRules.Canonical(input.Promotions)
                .Where(one => counting.Contains(one.Promotion.Id))
                .Select(one => $"{one.Promotion.Id}:{one.Promotion.Version}").ToArray(),
            Freight = input.Freight.Values.OrderBy(one => one.Id, StringComparer.Ordinal)
                .Select(one => $"{one.Id}:{one.Version}").ToArray(),
            Cart = cart with { Explain = [] },
        };
    }

    private async Task<(FirstRound? Read, Refusal? WhyNot)> ReadFirst(
        string memberId, QuoteRequest request, CancellationToken cancel)
    {
        var skus = catalogue.Find([.. request.Lines.Select(line => line.SkuId)], cancel);
        var promotions = PromotionRows.Live(store, cancel);
        var tier = tiers.Of(memberId, cancel);
        var points = request.Points == 0 ? Task.FromResult(0L) : lots.PointsOf(memberId, cancel);
        string[]? couponIds = request.CouponIds is { } given ? [.. given.Distinct(StringComparer.Ordinal)] : null;
        var wallet = couponIds is null
            ? coupons.Usable(memberId, WalletMax, cancel)
            : coupons.Find(memberId, couponIds, cancel);
        var address = request.AddressId is { } addressId
            ? deliveries.FindAddress(memberId, addressId, cancel)
            : Task.FromResult<Address?>(null);
        await Task.WhenAll(skus, promotions, tier, points, wallet, address);

        if (request.AddressId is not null && address.Result is null) return (null, PricingRefusals.AddressMissing);
        if (wallet.Result.Count < couponIds?.Length) return (null, CouponRefusals.Missing);
        return CartRules.WhyNot(request.Lines, skus.Result) is { } why
            ? (null, why)
            : (new FirstRound(
                [.. request.Lines.Select(line => new CartLine(skus.Result[line.SkuId], line.Quantity))],
                promotions.Result, tier.Result, points.Result, wallet.Result,
                address.Result?.RegionCode[..ProvinceChars]), null);
    }

    private async Task<PricingInput> ReadRest(
        MemberCaller caller, QuoteRequest request, FirstRound first, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var promotions = first.Promotions
            .Where(one => one.IsLive(now) && first.Lines.Any(line => BasePriceRules.Covers(one, line.Sku)))
            .ToArray();
        var gifts = CartRules.GiftSkuIds(promotions, first.Wallet);
        var findingGifts = gifts.Count == 0
            ? Task.FromResult<IReadOnlyDictionary<string, Sku>>(new Dictionary<string, Sku>())
            : catalogue.Find(gifts, cancel);
        var standings = Task.WhenAll(promotions.Select(one => Standing(caller, one, cancel)));
        var shippings = first.Tier.FreeShippingsPerMonth == 0
            ? Task.FromResult(0)
            : UseRows.CountOf(store, caller.Id, PricingRules.ShippingUse(now), cancel);
        var freight = Task.WhenAll(first.Lines.Select(line => line.Sku.FreightTemplateId).OfType<string>()
            .Distinct(StringComparer.Ordinal).Select(id => FreightRows.Find(store, id, cancel)));
        await Task.WhenAll(findingGifts, standings, shippings, freight);

        return new PricingInput(
            first.Lines,
            findingGifts.Result.Where(gift => gift.Value.IsOnSale).ToDictionary(),
            standings.Result,
            first.Wallet,
            request.CouponIds is not null,
            request.Points,
            first.Points,
            first.Tier,
            shippings.Result,
            freight.Result.OfType<FreightTemplate>().ToDictionary(template => template.Id),
            first.ProvinceCode,
            caller.RegisteredAt,
            now,
            options.Terms());
    }

    private async Task<PromotionStanding> Standing(
        MemberCaller caller, PricePromotion promotion, CancellationToken cancel)
    {
        var limits = promotion.Terms.Limits;
        var total = limits.IsLimitedInAll
            ? UseRows.FindTotal(store, promotion.Id, cancel)
            : Task.FromResult(UseTotal.None);
        var mine = limits.UsesPerMemberMax is null
            ? Task.FromResult(0)
            : UseRows.CountOf(store, caller.Id, promotion.Id, cancel);
        var shut = doors.WhyNot(
            promotion.Terms.PromotionId, PartKind.PricePromotion, promotion.Id, caller, cancel);
        await Task.WhenAll(total, mine, shut);
        return new PromotionStanding(
            promotion, total.Result.Uses, total.Result.SpentFen, mine.Result, shut.Result);
    }

    private sealed record FirstRound(
        IReadOnlyList<CartLine> Lines,
        IReadOnlyList<PricePromotion> Promotions,
        TierBenefits Tier,
        long Points,
        IReadOnlyList<Coupon> Wallet,
        string? ProvinceCode);
}
