using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-06: the rows of an import that were refused, and why, in the order of the file.</summary>
public sealed class ListImportErrors(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListImportErrors))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("商品导入中被拒绝的行"), Tags("运营：商品")]
    [ProducesResponseType<Listing<ImportError>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/product-imports/{importId}/errors")]
        HttpRequest request,
        string importId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await ImportRows.Find(store, importId, cancel) is null) return Answers.Problem(ImportRefusals.Missing);

        var (from, until) = Keys.Under(ImportRows.ErrorPrefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, ImportRows.Partition(importId), row => Stored.Read<ImportError>(row.Data), cancel));
    }
}
