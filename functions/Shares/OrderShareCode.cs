using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.CodeImages;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Shares;

/// <summary>
/// INV-04: somebody wants the mini-program code of a share or an invite code, for a poster. The same again is the same
/// code, so this needs no key.
/// </summary>
public sealed class OrderShareCode(Sharers sharers, SceneCodes codes, MemberCallers callers)
{
    [Function(nameof(OrderShareCode))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("申请分享或邀请码的小程序码"), Tags("分享")]
    [ProducesResponseType<SceneCodes.Response>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "shares/{token}/code")] HttpRequest request,
        string token,
        CancellationToken cancel)
    {
        await callers.RequireActive(request, cancel);
        return await sharers.FindShare(token, cancel) is { } share
            ? await codes.Order(share.Token, ShareRules.CodePage, ShareRules.CodeWidthPx, cancel)
            : Answers.Problem(ShareRefusals.Missing);
    }
}
