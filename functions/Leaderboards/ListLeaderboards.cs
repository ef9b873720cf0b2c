using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>Every leaderboard, in the order in which they were made.</summary>
public sealed class ListLeaderboards(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    [Function(nameof(ListLeaderboards))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("全部排行榜"), Tags("运营：排行榜")]
    [ProducesResponseType<Listing<LeaderboardResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/leaderboards")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(LeaderboardRows.Prefix);
        var now = clock.GetUtcNow();
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store,
            LeaderboardRows.Partition,
            row => LeaderboardResponse.Of(Stored.Read<Leaderboard>(row.Data), now),
            cancel));
    }
}
