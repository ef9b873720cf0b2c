using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>
/// CMP-07: a dry run. With <c>?members=20000&amp;takeUpBp=500</c> it reckons with twenty thousand members of whom five
/// in a hundred take each part. It changes nothing.
/// </summary>
public sealed class PreviewPromotion(
    PartitionStore store, OperatorCallers callers, PromotionParts parts)
{
    private const int MembersDefault = 1_000;
    private const int MembersMax = 100_000_000;
    private const int TakeUpBpDefault = 1_000;
    private const int TakeUpBpMax = 10_000;

    /// <param name="Members">With how many it was reckoned.</param>
    /// <param name="TakeUpBp">Of whom so many take each part, in hundredths of a percent.</param>
    /// <param name="Coupons">That members would get, if the promotion had enough to give.</param>
    /// <param name="CostFen">Of the parts of which it can be told.</param>
    /// <param name="BudgetPressureBp">How much of what the promotion may give they are; null without a limit.</param>
    /// <param name="Overlaps">Others for the same at the same time.</param>
    public sealed record Response(
        int Members,
        int TakeUpBp,
        IReadOnlyList<PartForecast> Parts,
        long Coupons,
        long CostFen,
        long? BudgetPressureBp,
        IReadOnlyList<PromotionOverlap> Overlaps);

    [Function(nameof(PreviewPromotion))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("营销活动试算：预计领取、成本和冲突"), Tags("运营：营销活动")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/promotions/{promotionId}/preview")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var members = Number(request, "members", MembersDefault, MembersMax);
        var takeUpBp = Number(request, "takeUpBp", TakeUpBpDefault, TakeUpBpMax);
        if (await PromotionBook.Find(store, promotionId, cancel) is not { } promotion)
            return Answers.Problem(PromotionPlanRefusals.Unknown);

        var (looking, reading) = (parts.LookAt(promotion.Plan, cancel), PromotionBook.All(store, cancel));
        await Task.WhenAll(looking, reading);
        PartForecast[] forecasts =
        [
            .. promotion.Plan.Parts.Zip(looking.Result)
                .Select(part => ForecastRules.Forecast(part.First, part.Second, members, takeUpBp)),
        ];
        var coupons = forecasts.Where(one => one.Kind is PartKind.CouponTemplate).Sum(one => one.Claims);
        string[] skuIds = [.. looking.Result.SelectMany(look => look?.SkuIds ?? []).Distinct()];
        return Results.Ok(new Response(
            members,
            takeUpBp,
            forecasts,
            coupons,
            forecasts.Sum(one => one.CostFen ?? 0),
            ForecastRules.PressureBp(coupons, promotion.Plan.CouponsMax),
            ForecastRules.Overlaps(promotion, skuIds, reading.Result)));
    }

    private static int Number(HttpRequest request, string name, int normal, int max)
    {
        var values = request.Query[name];
        if (values.Count == 0) return normal;
        return values.Count == 1
            && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= max
            ? number
            : throw new ProblemException(PromotionPlanRefusals.BadGuess);
    }
}
