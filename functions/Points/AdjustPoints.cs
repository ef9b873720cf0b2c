using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>
/// An operator gives a member points, or takes some at the counter for a gift: all or nothing, with a reason. What is
/// over the limit waits for another operator (ADM-02).
/// </summary>
public sealed class AdjustPoints(
    Transactor transactor, KeyBinding binding, OperatorCallers callers, Ids ids, PointsOptions options)
{
    public sealed record Request
    {
        [Text(Ids.IdChars, Ids.IdChars)]
        public required string MemberId { get; init; }

        /// <summary>Positive to give, negative to take; not 0.</summary>
        [Whole(-PointsRules.PointsPerBookingMax, PointsRules.PointsPerBookingMax)]
        public required long Points { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string MemberId, long Points, long AfterPoints);

    /// <param name="Points">What is booked once another operator has approved it; nothing is so far.</param>
    public sealed record WaitingResponse(
        string AdjustmentId, string MemberId, long Points, AdjustmentState State, DateTimeOffset ExpiresAt);

    [Function(nameof(AdjustPoints))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("给会员增减积分"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    [ProducesResponseType<WaitingResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/points-adjustments")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(body.MemberId)) return Answers.Problem(MemberRefusals.Missing);

        var operation = request.Operation(nameof(AdjustPoints), caller.Id, body);
        if (await binding.Bind(operation, cancel) is { } reused) return Answers.Problem(reused);

        var adjustment = new Adjustment(
            new Cause(Cause.Adjustment, Keys.Hash(operation.Key)),
            ids.Next(), body.Points, body.MemberId, caller.Id, body.Reason);
        var id = WaitingAdjustment.IdOf(body.MemberId, ids.Next());
        var decision = await transactor.Run(
            AdjustmentRows.Case(body.MemberId, id, adjustment.Cause, body.Points),
            operation,
            (at, now) => ApprovalRules.Adjust(
                at.Account, id, adjustment, options.AdjustmentApprovalLimit,
                options.Expiry().EndOf(now), now),
            cancel);
        return decision.ToHttp(Answer);
    }

    private static IResult Answer(IReadOnlyList<PointsEvent> facts)
    {
        if (facts.OfType<PointsEvent.AdjustmentAsked>().SingleOrDefault()?.Adjustment is { } waiting)
        {
            return Results.Json(
                new WaitingResponse(waiting.Id, waiting.MemberId, waiting.Points, waiting.State, waiting.ExpiresAt),
                statusCode: StatusCodes.Status202Accepted);
        }

        var adjusted = facts.OfType<PointsEvent.Adjusted>().Single();
        return Results.Json(
            new Response(adjusted.MemberId, adjusted.AfterPoints - adjusted.BeforePoints, adjusted.AfterPoints),
            statusCode: StatusCodes.Status201Created);
    }
}
