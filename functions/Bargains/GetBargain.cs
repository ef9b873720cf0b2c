using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>One bargain, and which attempts the caller has begun in it.</summary>
public sealed class GetBargain(
    LiveActivities activities, PiecesLeft pieces, PartitionStore store, MemberCallers callers, TimeProvider clock)
{
    /// <param name="MyAttemptIds">The oldest first.</param>
    public sealed record Response(BargainResponse Bargain, IReadOnlyList<string> MyAttemptIds);

    [Function(nameof(GetBargain))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("一个砍价活动"), Tags("砍价")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bargains/{activityId}")] HttpRequest request,
        string activityId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        if (await activities.Find(ActivityKind.Bargain, activityId, cancel) is not { } activity)
            return Answers.Problem(ActivityRefusals.Missing);

        var starting = StartRows.Find(store, activityId, caller.Id, cancel);
        var counting = pieces.Of(activity, cancel);
        await Task.WhenAll(starting, counting);
        return Results.Ok(new Response(
            BargainResponse.Of(activity, counting.Result, clock.GetUtcNow()), starting.Result.AttemptIds));
    }
}
