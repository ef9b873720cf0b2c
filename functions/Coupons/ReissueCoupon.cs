using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-06: service issues a member's coupon anew that has ended unused.</summary>
public sealed class ReissueCoupon(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ReissueCoupon))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("补发会员已过期的优惠券"), Tags("运营：会员")]
    [ProducesResponseType<CouponResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/members/{memberId}/coupons/{couponId}/reissue")]
        HttpRequest request,
        string memberId,
        string couponId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(ReissueCoupon), caller.Id, body);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);
        if (!Ids.IsId(couponId)) return Answers.Problem(CouponRefusals.Missing);

        var (order, seed) = (new ReissueOrder(memberId, couponId, caller.Id, body.Reason), ids.Next());
        var decision = await transactor.Run(
            WalletRows.Coupon(memberId, couponId),
            operation,
            (wallet, now) => ReissueRules.Reissue(wallet, order, seed, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            CouponResponse.Of(facts.OfType<WalletEvent.Reissued>().Single().New),
            statusCode: StatusCodes.Status201Created));
    }
}
