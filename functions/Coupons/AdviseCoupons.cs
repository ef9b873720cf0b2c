using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Products;

namespace Pond.Coupons;

/// <summary>
/// CPN-09: which coupon of the member's wallet is best for a basket, and why each of the others is not. Advice: it
/// believes the prices that the phone sends, and changes nothing.
/// </summary>
public sealed class AdviseCoupons(ValidCoupons coupons, MemberCallers callers, TimeProvider clock)
{
    /// <summary>Lines of one basket.</summary>
    public const int LinesMax = 100;

    /// <summary>Valid coupons of a wallet that are looked at, those that end first.</summary>
    public const int CouponsMax = 300;

    private const int QuantityMax = 999;

    public sealed record Request
    {
        [Lines]
        public required IReadOnlyList<Line> Lines { get; init; }

        /// <summary>What sending costs before any coupon.</summary>
        [Whole(0, TemplateRules.AmountFenMax)]
        public long FreightFen { get; init; }
    }

    public sealed record Line
    {
        [GoodsId]
        public required string SkuId { get; init; }

        [GoodsId]
        public required string SpuId { get; init; }

        [GoodsId]
        public required string CategoryId { get; init; }

        /// <summary>Of one piece, after every other promotion.</summary>
        [Whole(0, TemplateRules.AmountFenMax)]
        public required long PriceFen { get; init; }

        [Whole(1, QuantityMax)]
        public required int Quantity { get; init; }
    }

    /// <param name="Best">What saves most; null when no coupon is good for anything.</param>
    /// <param name="Coupons">All, the best first; then those that are not usable, each with the reason.</param>
    public sealed record Response(Fit? Best, IReadOnlyList<Fit> Coupons);

    /// <param name="Code">Why it is not usable, for a program; null when it is.</param>
    /// <param name="Text">What it saves, or why it is not usable, for a shopper.</param>
    /// <param name="ShortFen">How much more of its goods the coupon asks for; 0 when that is not why.</param>
    public sealed record Fit(
        CouponResponse Coupon,
        bool IsUsable,
        long DiscountFen,
        long FreightOffFen,
        string? GiftSkuId,
        string? Code,
        string Text,
        long ShortFen)
    {
        public static Fit Of(CouponFit fit) => new(
            CouponResponse.Of(fit.Coupon), fit.WhyNot is null, fit.DiscountFen, fit.FreightOffFen,
            fit.WhyNot is null ? fit.Coupon.Terms.Discount.GiftSkuId : null,
            fit.WhyNot?.Code, fit.WhyNot?.Message ?? CouponTexts.Saving(fit), fit.ShortFen);
    }

    [Function(nameof(AdviseCoupons))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("为购物车推荐最优优惠券"), Tags("优惠券")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "coupons/advice")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var body = await request.Read<Request>(cancel);
        var now = clock.GetUtcNow();
        var basket = new Basket(
            [.. body.Lines.Select(line => new BasketLine(
                line.SkuId, line.SpuId, line.CategoryId, line.PriceFen, line.Quantity))],
            body.FreightFen);

        var wallet = await coupons.Of(caller.Id, now, cancel)
            .Where(coupon => CouponRules.IsKept(coupon, now))
            .Take(CouponsMax)
            .ToListAsync(cancel);
        Fit[] fits = [.. AdviceRules.Rank(wallet, basket, caller.RegisteredAt, now).Select(Fit.Of)];
        return Results.Ok(new Response(fits.FirstOrDefault(fit => fit.IsUsable), fits));
    }

    private sealed class LinesAttribute : LengthAttribute
    {
        public LinesAttribute()
            : base(1, LinesMax) => ErrorMessage = $"须为 1 至 {LinesMax} 行，每行的编号、价格和数量都须有效";

        public override bool IsValid(object? value) =>
            base.IsValid(value) && ((IEnumerable<Line?>)value!).All(line =>
                line is not null
                && Validator.TryValidateObject(line, new ValidationContext(line), null, validateAllProperties: true));
    }
}
