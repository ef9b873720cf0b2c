using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Activities;

/// <summary>One activity, whatever has become of it.</summary>
public sealed class GetActivity(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetActivity))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("一个活动"), Tags("运营：活动")]
    [ProducesResponseType<ActivityResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/activities/{activityId}")]
        HttpRequest request,
        string activityId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await ActivityRows.Find(store, activityId, cancel) is { } activity
            ? Results.Ok(ActivityResponse.Of(activity))
            : Answers.Problem(ActivityRefusals.Missing);
    }
}
