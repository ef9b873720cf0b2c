using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>Coupons that a member was to get without asking and did not, for service to explain or make good.</summary>
public sealed class ListRefusedGifts(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListRefusedGifts))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("未能发放的优惠券"), Tags("运营：会员")]
    [ProducesResponseType<Listing<RefusedGift>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/refused-gifts")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service);
        var partition = MemberRows.Partition(memberId);
        if (!Ids.IsId(memberId) || await store.Find(partition, MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var (from, until) = Keys.Under(RefusedGifts.Prefix);
        var paging = Paging.Of(request, from, until);
        return Results.Ok(await paging.Read(store, partition, row => Stored.Read<RefusedGift>(row.Data), cancel));
    }
}
