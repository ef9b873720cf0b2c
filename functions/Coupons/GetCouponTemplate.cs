using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>A template with what became of its stock.</summary>
public sealed class GetCouponTemplate(PartitionStore store, OperatorCallers callers)
{
    /// <param name="ClaimedCount">Coupons that members have.</param>
    /// <param name="FreeCount">
    /// Coupons that are left. While slots move between shards, the two may not add up to the stock.
    /// </param>
    public sealed record Response(TemplateResponse Template, int ClaimedCount, int FreeCount);

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
        return Results.Ok(new Response(
            TemplateResponse.Of(template),
            shards.Sum(shard => shard.ClaimedCount),
            shards.Sum(shard => shard.FreeCount)));
    }
}
