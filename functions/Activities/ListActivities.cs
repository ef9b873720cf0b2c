using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Activities;

/// <summary>Every activity, in the order in which they were drafted.</summary>
public sealed class ListActivities(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListActivities))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("活动列表"), Tags("运营：活动")]
    [ProducesResponseType<Listing<ActivityResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/activities")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(ActivityRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, ActivityRows.Partition, row => ActivityResponse.Of(Stored.Read<Activity>(row.Data)), cancel));
    }
}
