using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Bargains;

/// <summary>BRG-01: a member begins to bargain. The whole plan of cuts is drawn here, once.</summary>
public sealed class StartAttempt(
    Transactor transactor,
    PartitionStore store,
    LiveActivities activities,
    PiecesLeft pieces,
    PromotionDoors doors,
    AttemptOnAttemptBegun attempts,
    MemberCallers callers,
    Dice dice,
    TimeProvider clock)
{
    /// <param name="Cuts">How many it takes.</param>
    public sealed record Response(
        string AttemptId, string ActivityId, int Cuts, long PriceFen, string Rule, DateTimeOffset Deadline);

    [Function(nameof(StartAttempt))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("发起砍价"), Tags("砍价")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "bargains/{activityId}/attempts")]
        HttpRequest request,
        string activityId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(StartAttempt), caller.Id);
        if (await activities.Find(ActivityKind.Bargain, activityId, cancel) is not { } activity)
            return Answers.Problem(ActivityRefusals.Missing);

        var (starting, counting) = (FindLast(activityId, caller.Id, cancel), pieces.Of(activity, cancel));
        var asking = doors.WhyNot(activity.Plan.PromotionId, PartKind.Bargain, activityId, caller, cancel);
        await Task.WhenAll(starting, counting, asking);
        var (lastId, isOver) = starting.Result;
        var sharesBp = Draw(activity.TermsAs<BargainTerms>());
        var decision = await transactor.Run(
            StartRows.Of(activityId, caller.Id),
            operation,
            (starts, now) => asking.Result is { } shut
                ? shut
                : StartRules.Begin(
                    starts, activity, caller.Id, sharesBp, isOver ? lastId : null, counting.Result, now),
            cancel);
        if (decision.Refusal == BargainRefusals.Live) return await Live(activityId, caller.Id, cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var attempt = decision.Facts.Single().Attempt;
        await attempts.Write(attempt, CancellationToken.None); // whole, even when nobody waits
        return Results.Json(
            new Response(
                attempt.Id, activityId, attempt.Plan.Count, attempt.Terms.StartFen,
                BargainRules.Text(attempt.Terms), attempt.Deadline),
            statusCode: StatusCodes.Status201Created);
    }

    // What is over stays over, so it may be looked at before the decision.
    private async Task<(string? LastId, bool IsOver)> FindLast(
        string activityId, string memberId, CancellationToken cancel)
    {
        var starts = await StartRows.Find(store, activityId, memberId, cancel);
        if (starts.LastId is not { } lastId) return (null, false);
        var last = await AttemptRows.Find(store, lastId, cancel);
        return (lastId, last?.StateAt(clock.GetUtcNow()) is AttemptState.Done or AttemptState.Expired);
    }

    // Looked up again: the one in the way may have begun since.
    private async Task<IResult> Live(string activityId, string memberId, CancellationToken cancel)
    {
        var starts = await StartRows.Find(store, activityId, memberId, cancel);
        return Answers.Problem(BargainRefusals.Live, more: new("attemptId", starts.LastId!));
    }

    private int[] Draw(BargainTerms terms) =>
    [
        .. Enumerable.Range(0, terms.Cuts)
            .Select(_ => CutPlanRules.ShareOf(terms, dice.Roll(CutPlanRules.SharesOf(terms)))),
    ];
}
