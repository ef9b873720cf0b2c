using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>Flash sales that are open or open soon, what ends first coming first.</summary>
public sealed class ListFlashSales(LiveActivities activities, DropCache drops, TimeProvider clock)
{
    [Function(nameof(ListFlashSales))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("秒杀活动"), Tags("秒杀")]
    [ProducesResponseType<Listing<FlashSaleResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "flash-sales")] HttpRequest request,
        CancellationToken cancel)
    {
        var sales = (await activities.Of(ActivityKind.FlashSale, cancel)).Select(FlashSale.Of).ToArray();
        var left = await Task.WhenAll(sales.Select(sale => drops.PiecesLeft(sale, cancel)));
        var now = clock.GetUtcNow();
        return Results.Ok(new Listing<FlashSaleResponse>(
            [.. sales.Zip(left, (sale, count) => FlashSaleResponse.Of(sale, count, now))], Next: null));
    }
}
