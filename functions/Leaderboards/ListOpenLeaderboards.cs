using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-01: leaderboards that are not settled: what ends first comes first.</summary>
public sealed class ListOpenLeaderboards(PartitionStore store, TimeProvider clock)
{
    [Function(nameof(ListOpenLeaderboards))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("排行榜列表"), Tags("排行榜")]
    [ProducesResponseType<Listing<LeaderboardResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "leaderboards")] HttpRequest request,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var open = await LeaderboardRows.Open(store, cancel);
        return Results.Ok(new Listing<LeaderboardResponse>(
            [
                .. open.OrderBy(board => board.EndsAt).ThenBy(board => board.Id, StringComparer.Ordinal)
                    .Select(board => LeaderboardResponse.Of(board, now)),
            ],
            Next: null));
    }
}
