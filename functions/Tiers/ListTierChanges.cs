using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-03: how a member came to their tier, the newest change first.</summary>
public sealed class ListTierChanges(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListTierChanges))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("会员等级变更记录"), Tags("运营：会员")]
    [ProducesResponseType<Listing<TierChange>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/tier-changes")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service);
        var partition = MemberRows.Partition(memberId);
        if (!Ids.IsId(memberId) || await store.Find(partition, MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var (from, until) = Keys.Under(TierRows.ChangePrefix);
        var paging = Paging.Of(request, from, until);
        return Results.Ok(await paging.Read(store, partition, row => Stored.Read<TierChange>(row.Data), cancel));
    }
}
