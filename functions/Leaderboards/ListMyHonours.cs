using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-06: the titles that a member may bear now, and those of old.</summary>
public sealed class ListMyHonours(
    PartitionStore store, MemberCallers callers, Survivors survivors, TimeProvider clock)
{
    /// <param name="IsOver">Whether its time is over.</param>
    public sealed record Item(string LeaderboardId, string Title, DateTimeOffset Until, bool IsOver);

    [Function(nameof(ListMyHonours))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我的称号"), Tags("排行榜")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/honours")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var (from, until) = Keys.Under(HonourRows.Prefix);
        var accounts = await survivors.AccountsOf(caller.Id, cancel);
        var now = clock.GetUtcNow();
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store,
            accounts.Select(MemberRows.Partition),
            row => ItemOf(Stored.Read<HonourWonV1>(row.Data), now),
            cancel));
    }

    private static Item ItemOf(HonourWonV1 won, DateTimeOffset now) =>
        new(won.BoardId, won.Title, won.Until, won.Until <= now);
}
