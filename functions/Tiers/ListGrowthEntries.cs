using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>The member's ledger of growth, the newest line first.</summary>
public sealed class ListGrowthEntries(PartitionStore store, MemberCallers callers)
{
    /// <param name="Growth">Negative when it was taken back.</param>
    public sealed record Item(long Seq, DateTimeOffset At, string CauseKind, long Growth, long AfterGrowth);

    [Function(nameof(ListGrowthEntries))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我的成长值明细"), Tags("会员等级")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/growth/entries")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var (from, until) = Keys.Under(TierRows.EntryPrefix);
        var paging = Paging.Of(request, from, until);
        return Results.Ok(await paging.Read(store, MemberRows.Partition(caller.Id), ItemOf, cancel));
    }

    private static Item ItemOf(Row row)
    {
        var entry = Stored.Read<GrowthEntry>(row.Data);
        return new Item(entry.Seq, entry.At, entry.Cause.Kind, entry.Growth, entry.AfterGrowth);
    }
}
