using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-06: how far an import is.</summary>
public sealed class GetProductImport(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetProductImport))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("商品导入的进度"), Tags("运营：商品")]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/product-imports/{importId}")]
        HttpRequest request,
        string importId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await ImportRows.Find(store, importId, cancel) is { } import
            ? Results.Ok(ImportResponse.Of(import))
            : Answers.Problem(ImportRefusals.Missing);
    }
}
