using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Platform.Http;

namespace Pond.GroupBuys;

/// <summary>Group-buys that are open, or will be: what ends first comes first.</summary>
public sealed class ListGroupBuys(LiveActivities activities, TimeProvider clock)
{
    [Function(nameof(ListGroupBuys))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("拼团活动"), Tags("拼团")]
    [ProducesResponseType<Listing<GroupBuyResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "group-buys")] HttpRequest request,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var live = await activities.Of(ActivityKind.GroupBuy, cancel);
        return Results.Ok(new Listing<GroupBuyResponse>(
            [.. live.Select(activity => GroupBuyResponse.Of(activity, now))], Next: null));
    }
}
