using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-05: an operator gives a member a tier until an instant, with a reason.</summary>
public sealed class AssignTier(Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>Of a tier of the programme.</summary>
        [Text(1, ProgrammeRules.CodeCharsMax)]
        public required string Code { get; init; }

        /// <summary>From then on the tier is again the one that growth has opened.</summary>
        public required DateTimeOffset Until { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string MemberId, string Code, DateTimeOffset Until);

    [Function(nameof(AssignTier))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("手动设置会员等级"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/members/{memberId}/tier")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);

        var assignment = new Assignment(body.Code, body.Until, caller.Id, body.Reason);
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await transactor.Run(
            TierRows.Account(MemberRows.Partition(memberId)),
            new Operation(nameof(AssignTier), ids.Next(), Fingerprint: null),
            (account, now) => MoveRules.Assign(account, programme, assignment, now),
            cancel);
        return decision.ToHttp(_ => Results.Ok(new Response(memberId, body.Code, body.Until)));
    }
}
