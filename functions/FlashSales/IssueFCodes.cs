using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>
/// INV-05: marketing issues F codes and hears them: each lets the first member who claims with it buy one piece. The
/// same key again tells the same codes.
/// </summary>
public sealed class IssueFCodes(Transactor transactor, OperatorCallers callers, DropCache drops, FCodeMint mint)
{
    public sealed record Request
    {
        [Whole(1, FCodeRules.IssuedMax)]
        public required int Count { get; init; }
    }

    /// <param name="FCodes">In groups, as people read them to each other.</param>
    public sealed record Response(string FlashSaleId, IReadOnlyList<string> FCodes);

    [Function(nameof(IssueFCodes))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("发放 F 码"), Tags("运营：活动")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/flash-sales/{flashSaleId}/f-codes")]
        HttpRequest request,
        string flashSaleId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(IssueFCodes), caller.Id, body);
        if (await drops.Find(flashSaleId, cancel) is not { } sale) return Answers.Problem(ActivityRefusals.Missing);

        var batchId = Ids.From($"{sale.Id}|{operation.Key}");
        string[] keys = [.. mint.Codes(batchId, body.Count).Select(mint.KeyOf)];
        var decision = await transactor.Run(
            FCodeRows.Issue(sale.Id),
            operation,
            (issue, now) => FCodeRules.Issue(issue, sale, batchId, keys, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            new Response(
                sale.Id,
                [.. mint.Codes(facts.Single().BatchId, facts.Single().Codes.Count).Select(CodeForms.Grouped)]),
            statusCode: StatusCodes.Status201Created));
    }
}
