using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>Makes an order of a quote, as it is before anything is reserved.</summary>
public sealed class OrderDrafts(
    QuoteDesk quotes, ProductCatalogue catalogue, Ids ids, OrderOptions options, TimeProvider clock)
{
    /// <exception cref="ProblemException">
    /// There is no price, or another one than the shopper agreed to; or it does not say where to send it.
    /// </exception>
    public async Task<Order> Draft(MemberCaller caller, PlaceOrderRequest request, CancellationToken cancel)
    {
        var (quote, whyNot) = await quotes.Price(caller, request.Quoted(), cancel);
        if (quote is null) throw new ProblemException(whyNot!);
        if (!quotes.Holds(request.QuoteToken, caller.Id, quote))
            throw new ProblemException(OrderRefusals.PriceChanged) { More = new("quote", QuoteResponse.Of(quote)) };

        var skus = await catalogue.Find([.. quote.Cart.Lines.Select(line => line.SkuId).Distinct()], cancel);
        if (PlacingRules.WhyNoDraft(quote.Cart, skus, request.AddressId, request.Note) is { } why)
            throw new ProblemException(why);

        var now = clock.GetUtcNow();
        return PlacingRules.Draft(
            OrderIds.Of(now, ids.Next()), caller.Id, quote.Cart, skus, request.AddressId, now,
            now.AddMinutes(options.PayMinutes));
    }
}
