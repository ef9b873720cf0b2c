using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>
/// AUTH-06: the member leaves for good. Every session ends at once; a message then erases the person.
/// </summary>
public sealed class DeleteMe(Transactor transactor, MemberCallers callers, Ids ids)
{
    [Function(nameof(DeleteMe))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("注销账号"), Tags("会员")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var decision = await transactor.Run(
            MemberRows.Member(caller.Id),
            new Operation(nameof(DeleteMe), ids.Next(), Fingerprint: null),
            (member, now) => MemberRules.Leave(member, now),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
