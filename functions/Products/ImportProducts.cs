using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>
/// PRD-06: marketing hands in a file of products, see <see cref="ImportColumns"/>; a job takes its rows over. A file
/// that sets stock asks for who may adjust it.
/// </summary>
public sealed class ImportProducts(Transactor transactor, OperatorCallers callers)
{
    [Function(nameof(ImportProducts))]
    [Caller(CallerKind.Operator), CsvBody, NeedsIdempotencyKey]
    [EndpointSummary("批量导入商品和库存（CSV）"), Tags("运营：商品")]
    [EndpointDescription(
        "首行为表头，可用的列：spuId、skuId（必有）、categoryId、title、description、imageUrls（以 | 分隔）、"
        + "freightTemplateId、specs（如 颜色=红;尺寸=L）、priceFen、weightGrams、volumeCm3、perOrderMax、stockShards、"
        + "repurchaseCycleDays、packUnits、state（draft、onSale、offSale）、stock（导入后的现有库存）。"
        + "每行一个规格，空白表示不变；至多 1000 行、512 KiB。")]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/product-imports")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var text = await request.ReadCsv(ImportFiles.BytesMax, cancel);
        var operation = request.Operation(nameof(ImportProducts), caller.Id, text);
        var (chunks, whyNot) = ImportFiles.Read(text);
        if (whyNot is not null) return Answers.Problem(whyNot);
        if (chunks.Any(chunk => chunk.Rows.Any(row => ImportColumns.Field(row, ImportColumns.Stock) is not null)))
            await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);

        // The same key makes the same import, so a repeat finds it.
        var importId = Ids.From(operation.Key);
        var decision = await transactor.Run(
            ImportRows.Order(importId, chunks),
            operation,
            (desk, now) => ImportRules.Order(desk, importId, chunks, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            ImportResponse.Of(facts.OfType<ImportEvent.Ordered>().Single().Import),
            statusCode: StatusCodes.Status202Accepted));
    }
}
