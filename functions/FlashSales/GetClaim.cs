using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-04: what has become of a claim, to its member alone, also once their account was merged.</summary>
public sealed class GetClaim(MemberCallers callers, Survivors survivors, PartitionStore store, TimeProvider clock)
{
    [Function(nameof(GetClaim))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("抢购结果"), Tags("秒杀")]
    [ProducesResponseType<SlotClaimResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "claims/{claimId}")] HttpRequest request,
        string claimId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        return await DropRows.Find(store, claimId, cancel) is { } claim && await IsTheirs(claim, caller.Id, cancel)
            ? Results.Ok(SlotClaimResponse.Of(claim, clock.GetUtcNow()))
            : Answers.Problem(FlashSaleRefusals.ClaimMissing);
    }

    private async Task<bool> IsTheirs(SlotClaim claim, string callerId, CancellationToken cancel) =>
        claim.MemberId == callerId || (await survivors.AccountsOf(callerId, cancel)).Contains(claim.MemberId);
}
