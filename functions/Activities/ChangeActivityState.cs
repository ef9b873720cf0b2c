using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Products;

namespace Pond.Activities;

/// <summary>
/// ACT-01: marketing publishes, pauses or ends an activity. It holds from this answer on; one that is published ahead
/// of its window opens by the clock.
/// </summary>
public sealed class ChangeActivityState(
    Transactor transactor,
    ActivityPublishing publishing,
    StockAllotments allotments,
    PartitionStore store,
    OperatorCallers callers,
    Ids ids)
{
    public sealed record Request
    {
        /// <summary><c>published</c>, <c>paused</c> or <c>ended</c>.</summary>
        public required ActivityState State { get; init; }
    }

    [Function(nameof(ChangeActivityState))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("发布、暂停或结束活动"), Tags("运营：活动")]
    [ProducesResponseType<ActivityResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/activities/{activityId}/state")]
        HttpRequest request,
        string activityId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (await ActivityRows.Find(store, activityId, cancel) is not { } before)
            return Answers.Problem(ActivityRefusals.Missing);
        var (wants, unknown) = await allotments.WantsOf(before.Allotments(), cancel);
        if (unknown is not null && body.State is ActivityState.Published) return Answers.Problem(unknown);

        var decision = await transactor.Run(
            ActivityRows.Board(activityId),
            new Operation(nameof(ChangeActivityState), ids.Next(), Fingerprint: null),
            (board, now) => ActivityRules.ChangeState(board, body.State, wants, caller.Id, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var after = (await ActivityRows.Find(store, activityId, cancel))!;
        if (after.State is ActivityState.Publishing)
        {
            var wanted = new ActivityPublishingV1(activityId, after.Version);
            await publishing.CarryOut(wanted, CancellationToken.None); // whole, even when nobody waits
            after = (await ActivityRows.Find(store, activityId, cancel))!;
        }

        return body.State is ActivityState.Published && after.State is ActivityState.Draft
            ? Answers.Problem(ActivityRefusals.NoStock)
            : Results.Ok(ActivityResponse.Of(after));
    }
}
