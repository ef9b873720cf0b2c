using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.CodeImages;
using Pond.Platform.Http;

namespace Pond.Shares;

/// <summary>INV-04: the mini-program code of a share or an invite code. It holds the token and nothing else.</summary>
public sealed class GetShareCode(Sharers sharers, SceneCodes codes)
{
    [Function(nameof(GetShareCode))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("分享或邀请码的小程序码图片"), Tags("分享")]
    [ProducesResponseType<byte[]>(StatusCodes.Status200OK, "image/jpeg")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shares/{token}/code")] HttpRequest request,
        string token,
        CancellationToken cancel) =>
        await sharers.FindShare(token, cancel) is { } share
            ? await codes.Show(share.Token, ShareRules.CodePage, ShareRules.CodeWidthPx, cancel)
            : Answers.Problem(ShareRefusals.Missing);
}
