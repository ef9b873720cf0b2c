using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Points;

/// <summary>PTS-10: the member checks in for today.</summary>
public sealed class CheckIn(
    Transactor transactor, MemberCallers callers, Ids ids, TimeProvider clock, PointsOptions options)
{
    public sealed record Response(DateOnly Day, int StreakDays, int TotalDays, long RewardPoints);

    [Function(nameof(CheckIn))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("每日签到"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/check-ins")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var (lotId, today) = (ids.Next(), ChinaDay.Of(clock.GetUtcNow()));
        var decision = await transactor.Run(
            PointsRows.Account(caller.Id, CheckInRules.CauseOf(today), Direction.Earn),
            request.Operation(nameof(CheckIn), caller.Id),
            (account, now) => CheckInRules.CheckIn(
                account, today, lotId, options.CheckInPoints, PointsRules.ExpiryOf(now, options.LotMonths), now),
            cancel);
        return decision.ToHttp(facts =>
        {
            var done = facts.OfType<PointsEvent.CheckedIn>().Single();
            return Results.Json(
                new Response(done.Day.Date, done.StreakDays, done.TotalDays, done.RewardPoints),
                statusCode: StatusCodes.Status201Created);
        });
    }
}
