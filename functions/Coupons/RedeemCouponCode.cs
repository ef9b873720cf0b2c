using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>
/// CPN-07: a member redeems a code. Once this answers, the coupon is theirs; the wallet shows it a moment later. A code
/// brings a slot of its own, so it is never sold out; state, window and limit of the template hold for it all the same.
/// </summary>
public sealed class RedeemCouponCode(
    Transactor transactor, MemberCallers callers, CodeLimits limits, CodeMint mint, ShardOnCodeHeld claims, Ids ids)
{
    [Function(nameof(RedeemCouponCode))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("用兑换码领取优惠券"), Tags("优惠券")]
    [ProducesResponseType<CouponResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "coupon-codes/{code}/redemptions")]
        HttpRequest request,
        string code,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(RedeemCouponCode), caller.Id);
        limits.Take(request, caller.Id);
        if (CodeForms.Parse(code) is not { } wellFormed) return Answers.Problem(CouponRefusals.CodeMistyped);

        var (codeKey, holdId) = (mint.KeyOf(wellFormed), ids.Next());
        var holding = await transactor.Run(
            CodeRows.Code(codeKey),
            operation,
            (found, now) => CodeRules.Hold(found, codeKey, holdId, caller.Id, now),
            cancel);
        if (holding.Refusal is { } refusal) return Answers.Problem(refusal);

        var claim = await claims.Claim(holding.Facts.OfType<CodeEvent.Held>().Single().Hold, cancel);
        return claim.ToHttp(facts => facts.Single() switch
        {
            ShardEvent.CodeClaimed claimed =>
                Results.Json(CouponResponse.Of(claimed.Coupon), statusCode: StatusCodes.Status202Accepted),
            var refused => Answers.Problem(ClaimRules.RefusalOf(((ShardEvent.CodeRefused)refused).Code)),
        });
    }
}
