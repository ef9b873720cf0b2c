using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>Signs this device out; its tokens are worth nothing from then on.</summary>
public sealed class EndSession(Transactor transactor, MemberCallers callers, Ids ids)
{
    [Function(nameof(EndSession))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("退出登录"), Tags("会员")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "session")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var decision = await transactor.Run(
            MemberRows.Member(caller.Id),
            new Operation(nameof(EndSession), ids.Next(), Fingerprint: null),
            (member, _) => MemberRules.CloseSession(member, caller.SessionId),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
