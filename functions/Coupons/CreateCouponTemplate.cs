using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-01, CPN-02: marketing drafts a template. Nobody sees it before it is published.</summary>
public sealed class CreateCouponTemplate(
    Transactor transactor, OperatorCallers callers, ShardOnTemplateChanged shards)
{
    public sealed record Request : TemplateRequest
    {
        [Whole(1, TemplateRules.StockMax)]
        public required int Stock { get; init; }

        /// <summary>
        /// Partitions to spread the stock over; more than 1 only for a rush of more than a hundred claims a second.
        /// </summary>
        [Whole(1, TemplateRules.ShardsMax)]
        public int Shards { get; init; } = 1;
    }

    [Function(nameof(CreateCouponTemplate))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("新建优惠券模板"), Tags("运营：优惠券")]
    [ProducesResponseType<TemplateResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/coupon-templates")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CreateCouponTemplate), caller.Id, body);
        // The same key makes the same template, so a repeat finds it.
        var terms = body.Terms(Ids.From(operation.Key));
        var decision = await transactor.Run(
            TemplateRows.Template(terms.TemplateId),
            operation,
            (template, now) => TemplateRules.Draft(template, terms, body.Stock, body.Shards, caller.Id, now),
            cancel);
        if (decision.Facts is [var drafted]) await shards.CopyToAll(drafted.Template, cancel);
        return decision.ToHttp(facts => Results.Json(
            TemplateResponse.Of(facts.Single().Template), statusCode: StatusCodes.Status201Created));
    }
}
