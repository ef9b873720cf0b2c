using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>AUTH-03: an operator freezes, bans or restores a member.</summary>
public sealed class ChangeMemberStatus(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        public required MemberStatus Status { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string MemberId, MemberStatus Status);

    [Function(nameof(ChangeMemberStatus))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("冻结、封禁或恢复会员"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/members/{memberId}/status")] HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);

        var decision = await transactor.Run(
            MemberRows.Member(memberId),
            new Operation(nameof(ChangeMemberStatus), ids.Next(), Fingerprint: null),
            (member, now) => MemberRules.ChangeStatus(member, body.Status, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(_ => Results.Ok(new Response(memberId, body.Status)));
    }
}
