using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-03: service freezes a coupon of a member, thaws it, or revokes it for good.</summary>
public sealed class ChangeCouponState(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        public required CouponVerdict State { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="State">As it is now; what thaws after its end is expired.</param>
    public sealed record Response(CouponState State, string Reason);

    [Function(nameof(ChangeCouponState))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("冻结、解冻或作废会员的优惠券"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "put", Route = "operator/members/{memberId}/coupons/{couponId}/state")]
        HttpRequest request,
        string memberId,
        string couponId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);
        if (!Ids.IsId(couponId)) return Answers.Problem(CouponRefusals.Missing);

        var judgement = new Judgement(memberId, couponId, body.State, caller.Id, body.Reason);
        var decision = await transactor.Run(
            WalletRows.Coupon(memberId, couponId),
            new Operation(nameof(ChangeCouponState), ids.Next(), Fingerprint: null),
            (wallet, now) => CouponRules.Judge(wallet, judgement, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(new Response(
            facts.OfType<WalletEvent.Judged>().SingleOrDefault()?.After ?? CouponRules.StateOf(body.State),
            body.Reason)));
    }
}
