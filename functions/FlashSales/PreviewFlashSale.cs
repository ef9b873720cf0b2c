using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Products;

namespace Pond.FlashSales;

/// <summary>What a flash sale would be, before anybody drafts it.</summary>
public sealed class PreviewFlashSale(ActivityDrafts drafts, ProductCatalogue catalogue, OperatorCallers callers)
{
    /// <param name="SavedFen">What one piece is cheaper.</param>
    /// <param name="BudgetFen">What all pieces together are cheaper.</param>
    /// <param name="StockUntil">From then on what is left of its pieces is the SKU's again.</param>
    public sealed record Response(
        string Title, long ListPriceFen, long PriceFen, long SavedFen, long BudgetFen, int Pieces, int PiecesPerShard,
        DateTimeOffset TicketsFrom, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset StockUntil);

    [Function(nameof(PreviewFlashSale))]
    [Caller(CallerKind.Operator), Body(typeof(FlashSaleRequest))]
    [EndpointSummary("预览秒杀活动"), Tags("运营：活动")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/flash-sales/preview")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<FlashSaleRequest>(cancel);
        var plan = body.Plan();
        var why = FlashSalePlanRules.WhyUnsound(plan, body.Terms())
            ?? await drafts.WhyNoSale([(body.SkuId, body.PriceFen)], cancel);
        if (why is not null) return Answers.Problem(why);
        if (!(await catalogue.Find([body.SkuId], cancel)).TryGetValue(body.SkuId, out var sku))
            return Answers.Problem(ActivityRefusals.NotASale); // gone since

        var savedFen = sku.PriceFen - body.PriceFen;
        return Results.Ok(new Response(
            sku.Title, sku.PriceFen, body.PriceFen, savedFen, checked(savedFen * body.Pieces), body.Pieces,
            (body.Pieces + body.Shards - 1) / body.Shards, plan.StartsAt - DropTickets.WarmUp, plan.StartsAt,
            plan.EndsAt, plan.EndsAt + plan.Aftermath));
    }
}
