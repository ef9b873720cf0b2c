using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>
/// PRD-01: service or finance adds pieces to a stock, or takes some that no order keeps. Where orders are faster than
/// a lowering, the answer says how few were taken.
/// </summary>
public sealed class AdjustStock(StockAdjustments adjustments, ProductCatalogue catalogue, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Positive to add, negative to take; 0 changes nothing.</summary>
        [Whole(-StockLedgerRules.AdjustmentMax, StockLedgerRules.AdjustmentMax)]
        public required int Quantity { get; init; }

        /// <summary>Why; it stands in the audit and the ledger.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="ChangedQuantity">Pieces that came, or, below 0, went.</param>
    public sealed record Response(string SkuId, int ChangedQuantity);

    [Function(nameof(AdjustStock))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("调整商品库存"), Tags("运营：库存")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/skus/{skuId}/stock-adjustments")]
        HttpRequest request,
        string skuId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(AdjustStock), caller.Id, body);
        if (await catalogue.Find(skuId, cancel) is not { } sku) return Answers.Problem(ProductRefusals.SkuMissing);

        var change = await adjustments.Adjust(
            sku, operation, _ => body.Quantity, new ProductActor(caller.Id, body.Reason), cancel);
        return change.WhyNot is { } whyNot
            ? Answers.Problem(whyNot)
            : Results.Json(new Response(skuId, change.Changed), statusCode: StatusCodes.Status201Created);
    }
}
