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
    public sealed record Request
    {
        [Text(1, 40)]
        public required string Name { get; init; }

        public required DiscountKind Kind { get; init; }

        /// <summary>Fen less, for <c>amountOff</c>; at most the threshold, unless there is none.</summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? AmountFen { get; init; }

        /// <summary>Hundredths of a percent less, for <c>percentOff</c>: 1500 is 八五折.</summary>
        [Whole(1, TemplateRules.OffBpMax)]
        public int? OffBp { get; init; }

        /// <summary>The most that <c>percentOff</c> takes off.</summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? CapFen { get; init; }

        /// <summary>The least that the goods must cost; 0 for none.</summary>
        [Whole(0, TemplateRules.AmountFenMax)]
        public required long ThresholdFen { get; init; }

        public required DateTimeOffset ClaimFrom { get; init; }

        public required DateTimeOffset ClaimUntil { get; init; }

        /// <summary>Days that a coupon lasts, the day of the claim being the first.</summary>
        [Whole(1, TemplateRules.ValidDaysMax)]
        public required int ValidDays { get; init; }

        /// <summary>Coupons that one member may claim.</summary>
        [Whole(1, TemplateRules.PerMemberMax)]
        public required int PerMember { get; init; }

        [Whole(1, TemplateRules.StockMax)]
        public required int Stock { get; init; }

        /// <summary>Partitions to spread the stock over; more than 1 only for a rush of more than a hundred claims a second.</summary>
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
        var terms = TermsOf(body, Ids.From(operation.Key)); // the same key makes the same template, so a repeat finds it
        var decision = await transactor.Run(
            TemplateRows.Template(terms.TemplateId),
            operation,
            (template, now) => TemplateRules.Draft(template, terms, body.Stock, body.Shards, caller.Id, now),
            cancel);
        if (decision.Facts is [var drafted]) await shards.CopyToAll(drafted.Template, cancel);
        return decision.ToHttp(facts => Results.Json(
            TemplateResponse.Of(facts.Single().Template), statusCode: StatusCodes.Status201Created));
    }

    private static CouponTerms TermsOf(Request body, string templateId) => new(
        templateId,
        body.Name,
        new Discount(body.Kind, body.AmountFen, body.OffBp, body.CapFen),
        body.ThresholdFen,
        body.ClaimFrom,
        body.ClaimUntil,
        body.ValidDays,
        body.PerMember);
}
