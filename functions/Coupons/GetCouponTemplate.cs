using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>A template with what became of its stock.</summary>
public sealed class GetCouponTemplate(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    /// <param name="Phase">What it comes to by its state, the clock and the stock.</param>
    /// <param name="ClaimedCount">Coupons that members have got.</param>
    /// <param name="FreeCount">
    /// Coupons that are left. Codes that nobody has redeemed, and slots that move between shards, are in neither count.
    /// </param>
    public sealed record Response(
        TemplateResponse Template, TemplatePhase Phase, int ClaimedCount, int FreeCount);

    [Function(nameof(GetCouponTemplate))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("优惠券模板及其领取情况"), Tags("运营：优惠券")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/coupon-templates/{templateId}")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await TemplateRows.Find(store, templateId, cancel) is not { } template)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var shards = await ShardRows.ReadAll(store, template, cancel);
        var freeCount = shards.Sum(shard => shard.FreeCount);
        return Results.Ok(new Response(
            TemplateResponse.Of(template),
            TemplateRules.PhaseOf(template, freeCount, clock.GetUtcNow()),
            shards.Sum(shard => shard.ClaimedCount),
            freeCount));
    }
}
