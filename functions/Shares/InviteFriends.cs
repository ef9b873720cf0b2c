using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Shares;

/// <summary>
/// INV-01: the member's own invite code. It is made when it is first asked for and stays the same for ever, whatever
/// key the call has. Whoever logs in for the first time says it, or a share's token, as their <c>inviteCode</c>.
/// </summary>
public sealed class InviteFriends(Sharing sharing, MemberCallers callers)
{
    /// <param name="Path">For <c>onShareAppMessage</c>.</param>
    public sealed record Response(string Code, string Path);

    [Function(nameof(InviteFriends))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("我的邀请码"), Tags("分享")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/invite")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        request.Operation(nameof(InviteFriends), caller.Id); // in order; but every key gets the same code
        var code = await sharing.Invite(caller.Id, cancel);
        return Results.Ok(new Response(code, ShareRules.PathOf(code)));
    }
}
