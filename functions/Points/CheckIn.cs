using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>PTS-10: the member checks in for today.</summary>
public sealed class CheckIn(
    Transactor transactor,
    PartitionStore store,
    MemberCallers callers,
    Ids ids,
    TimeProvider clock,
    PointsOptions options)
{
    /// <param name="RewardPoints">In all.</param>
    /// <param name="Rewards">What for.</param>
    public sealed record Response(
        DateOnly Day, int StreakDays, int TotalDays, long RewardPoints, IReadOnlyList<Reward> Rewards);

    /// <param name="CauseKind">As in the ledger, such as <c>checkInStreak</c>.</param>
    public sealed record Reward(string CauseKind, long Points)
    {
        internal static IReadOnlyList<Reward> Of(IEnumerable<PointsEvent> facts) =>
        [
            .. facts.OfType<PointsEvent.Earned>()
                .Select(earned => new Reward(earned.Lot.Cause.Kind, earned.Lot.GrantedPoints)),
        ];
    }

    [Function(nameof(CheckIn))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("每日签到"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/check-ins")] HttpRequest request,
        CancellationToken cancel)
    {
        var calling = callers.RequireActive(request, cancel);
        var reading = CheckInProgrammeRows.Find(store, options, cancel);
        await Task.WhenAll(calling, reading);

        var (caller, programme) = (calling.Result, reading.Result);
        var today = ChinaDay.Of(clock.GetUtcNow());
        var terms = new RewardTerms(ids.Next(), options.Expiry(), options.EarnCaps());
        var decision = await transactor.Run(
            PointsRows.Earning(caller.Id, CheckInRules.CauseOf(today), terms.Caps),
            request.Operation(nameof(CheckIn), caller.Id),
            (account, now) => CheckInRules.CheckIn(account, today, programme, terms, now),
            cancel);
        return decision.ToHttp(facts =>
        {
            var done = facts.OfType<PointsEvent.CheckedIn>().Single();
            return Results.Json(
                new Response(done.Day.Date, done.StreakDays, done.TotalDays, done.RewardPoints, Reward.Of(facts)),
                statusCode: StatusCodes.Status201Created);
        });
    }
}
