using System.ComponentModel.DataAnnotations;
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

        /// <summary>
        /// Fen less, for <c>amountOff</c>: at most the threshold, unless there is none; for <c>everyOff</c>: at most
        /// <c>everyFen</c>.
        /// </summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? AmountFen { get; init; }

        /// <summary>Hundredths of a percent less, for <c>percentOff</c>: 1500 is 八五折.</summary>
        [Whole(1, TemplateRules.OffBpMax)]
        public int? OffBp { get; init; }

        /// <summary>The most that <c>percentOff</c>, <c>everyOff</c> and <c>freeShipping</c> take off.</summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? CapFen { get; init; }

        /// <summary>For <c>everyOff</c>: the amount comes off once for each such part.</summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? EveryFen { get; init; }

        /// <summary>For <c>fixedPrice</c>: what one piece costs, the dearest.</summary>
        [Whole(1, TemplateRules.AmountFenMax)]
        public long? PriceFen { get; init; }

        /// <summary>For <c>gift</c>: what comes along.</summary>
        [GoodsId]
        public string? GiftSkuId { get; init; }

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

        /// <summary>
        /// Partitions to spread the stock over; more than 1 only for a rush of more than a hundred claims a second.
        /// </summary>
        [Whole(1, TemplateRules.ShardsMax)]
        public int Shards { get; init; } = 1;

        /// <summary>Good for the goods of these categories; with neither this nor the next two, for all.</summary>
        [GoodsIds]
        public IReadOnlyList<string>? CategoryIds { get; init; }

        [GoodsIds]
        public IReadOnlyList<string>? SpuIds { get; init; }

        [GoodsIds]
        public IReadOnlyList<string>? SkuIds { get; init; }

        /// <summary>Categories, SPUs and SKUs that it is never good for.</summary>
        [GoodsIds]
        public IReadOnlyList<string>? ExcludedIds { get; init; }

        /// <summary>The days in China on which it can be used; all when null.</summary>
        [Length(1, CouponScope.WeekdaysMax, ErrorMessage = "须为 1 至 7 天")]
        public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

        /// <summary>The hour in China from which it can be used each day.</summary>
        [Whole(0, CouponScope.HoursPerDay - 1)]
        public int? FromHour { get; init; }

        /// <summary>The hour from which it no longer can; after midnight when it is not later than the first.</summary>
        [Whole(1, CouponScope.HoursPerDay)]
        public int? UntilHour { get; init; }

        /// <summary>New members registered at most thirty days ago.</summary>
        public CouponAudience Audience { get; init; }
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
        var terms = TermsOf(body, Ids.From(operation.Key));
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
        new Discount(
            body.Kind, body.AmountFen, body.OffBp, body.CapFen, body.EveryFen, body.PriceFen, body.GiftSkuId),
        body.ThresholdFen,
        body.ClaimFrom,
        body.ClaimUntil,
        body.ValidDays,
        body.PerMember,
        ScopeOf(body));

    private static CouponScope? ScopeOf(Request body)
    {
        var scope = new CouponScope(
            body.CategoryIds, body.SpuIds, body.SkuIds, body.ExcludedIds, body.Weekdays, body.FromHour, body.UntilHour,
            body.Audience);
        return scope == CouponScope.All ? null : scope;
    }
}
