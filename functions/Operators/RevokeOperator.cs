using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>ADM-01: an owner takes an operator's key away, for good.</summary>
public sealed class RevokeOperator(Transactor transactor, OperatorCallers callers, Ids ids)
{
    [Function(nameof(RevokeOperator))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("吊销操作员的密钥"), Tags("运营：操作员")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "operator/operators/{operatorId}")] HttpRequest request,
        string operatorId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireOwner(request, cancel);
        if (!Ids.IsId(operatorId)) return Answers.Problem(OperatorRefusals.Missing);

        var decision = await transactor.Run(
            OperatorRows.Operator(operatorId),
            new Operation(nameof(RevokeOperator), ids.Next(), Fingerprint: null),
            (one, now) => OperatorRules.Revoke(one, caller.Id, now),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
