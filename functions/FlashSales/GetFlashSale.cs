using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>
/// FLS-01: one flash sale, with the server's time to count down from. It may be asked for by many at once: what it says
/// is a second old at most.
/// </summary>
public sealed class GetFlashSale(DropCache drops, TimeProvider clock)
{
    [Function(nameof(GetFlashSale))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("一个秒杀活动"), Tags("秒杀")]
    [ProducesResponseType<FlashSaleResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "flash-sales/{flashSaleId}")] HttpRequest request,
        string flashSaleId,
        CancellationToken cancel) =>
        await drops.Find(flashSaleId, cancel) is { } sale
            ? Results.Ok(FlashSaleResponse.Of(sale, await drops.PiecesLeft(sale, cancel), clock.GetUtcNow()))
            : Answers.Problem(ActivityRefusals.Missing);
}
