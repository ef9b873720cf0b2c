using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Referrals;

/// <summary>REF-04: a person has looked at a friend: the reward is due at once, or there is none.</summary>
public sealed class DecideReferral(Transactor transactor, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Whether there is a reward.</summary>
        public required bool IsApproved { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string ReferralId, FriendState State);

    [Function(nameof(DecideReferral))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("审核邀请"), Tags("运营：老带新")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/referral-reviews/{referralId}/decision")]
        HttpRequest request,
        string referralId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(DecideReferral), caller.Id, body);
        if (ReferralRows.Parse(referralId) is not { } ids) return Answers.Problem(ReferralRefusals.Missing);

        var decision = await transactor.Run(
            ReferralRows.Of(ids.SharerId, ids.MemberId),
            operation,
            (desk, now) => ReferralRules.Decide(desk, body.IsApproved, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(new Response(referralId, facts.Single().Friend.State)));
    }
}
