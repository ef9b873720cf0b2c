using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>What bringing a friend is worth at present, and how many have been rewarded.</summary>
public sealed class GetReferralProgramme(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetReferralProgramme))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("老带新活动"), Tags("运营：老带新")]
    [ProducesResponseType<ReferralProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/referral-programme")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return Results.Ok(ReferralProgrammeResponse.Of(
            await ReferralProgrammeRows.Find(store, cancel), await ReferralProgrammeRows.FindBudget(store, cancel)));
    }
}
