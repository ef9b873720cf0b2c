using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Shares;

/// <summary>
/// REF-02: a member has opened what somebody shared. It is written down once a day and brings nobody anything; the same
/// again changes nothing, so this needs no key.
/// </summary>
public sealed class OpenShare(
    Transactor transactor, Sharers sharers, Survivors survivors, MemberCallers callers, Ids ids)
{
    [Function(nameof(OpenShare))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("记录打开了分享"), Tags("分享")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "shares/{token}/opens")] HttpRequest request,
        string token,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        if (await sharers.FindShare(token, cancel) is not { } share) return Answers.Problem(ShareRefusals.Missing);
        if ((await survivors.Find(share.SharerId, cancel))?.Id == caller.Id) return Results.NoContent(); // their own

        var decision = await transactor.Run(
            OpenRows.Of(caller.Id, share.Token),
            new Operation(nameof(OpenShare), ids.Next(), Fingerprint: null), // the state tells what is done
            (desk, now) => OpenRules.Open(desk, share.Token, now),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
