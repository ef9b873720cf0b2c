using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>The member's ledger, the newest line first.</summary>
public sealed class ListPointsEntries(PartitionStore store, MemberCallers callers)
{
    /// <param name="Points">Positive when earned, negative when spent.</param>
    /// <param name="CutPoints">What a cap of the day did not let in.</param>
    public sealed record Item(
        long Seq, DateTimeOffset At, string CauseKind, long Points, long AfterPoints, long CutPoints);

    [Function(nameof(ListPointsEntries))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我的积分明细"), Tags("积分")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/points/entries")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var (from, until) = Keys.Under(PointsRows.EntryPrefix);
        var paging = Paging.Of(request, from, until);
        return Results.Ok(await paging.Read(store, MemberRows.Partition(caller.Id), ItemOf, cancel));
    }

    private static Item ItemOf(Row row)
    {
        var entry = Stored.Read<Entry>(row.Data);
        return new Item(entry.Seq, entry.At, entry.Cause.Kind, entry.Points, entry.AfterPoints, entry.CutPoints);
    }
}
