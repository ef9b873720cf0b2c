using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Platform.Http;

namespace Pond.Bargains;

/// <summary>BRG-05: the bargains that are open or open soon, with what is left of each.</summary>
public sealed class ListBargains(LiveActivities activities, PiecesLeft pieces, TimeProvider clock)
{
    [Function(nameof(ListBargains))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("砍价活动列表"), Tags("砍价")]
    [ProducesResponseType<Listing<BargainResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bargains")] HttpRequest request,
        CancellationToken cancel)
    {
        var (live, now) = (await activities.Of(ActivityKind.Bargain, cancel), clock.GetUtcNow());
        var shown = await Task.WhenAll(live.Select(
            async one => BargainResponse.Of(one, await pieces.Of(one, cancel), now)));
        return Results.Ok(new Listing<BargainResponse>(shown, Next: null));
    }
}
