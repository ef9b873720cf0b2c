using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Coupons;

/// <summary>
/// CPN-04: a member claims a coupon. Once this answers, it is theirs; the wallet shows it a moment later.
/// </summary>
public sealed class ClaimCoupon(
    CouponClaims claims, PromotionDoors doors, PartitionStore store, MemberCallers callers)
{
    [Function(nameof(ClaimCoupon))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("领取优惠券"), Tags("优惠券")]
    [ProducesResponseType<CouponResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "coupons/{templateId}/claims")] HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(ClaimCoupon), caller.Id);
        if (await TemplateRows.Find(store, templateId, cancel) is not { } template)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var grantId = Ids.From($"{templateId} {operation.Key}");
        var decision = await doors.Give(
            template.Terms.PromotionId,
            new PromotionPart(PartKind.CouponTemplate, templateId),
            caller,
            grantId,
            shut => claims.Claim(template, caller.Id, operation, grantId, shut, cancel),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            CouponResponse.Of(facts.OfType<ShardEvent.Claimed>().Single().Coupon),
            statusCode: StatusCodes.Status202Accepted));
    }
}
