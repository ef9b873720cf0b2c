using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>PTS-10: the member makes up for a missed day with a card of the month.</summary>
public sealed class MakeUpCheckIn(
    Transactor transactor,
    PartitionStore store,
    MemberCallers callers,
    Ids ids,
    TimeProvider clock,
    PointsOptions options)
{
    public sealed record Request
    {
        /// <summary>The missed day in China.</summary>
        public required DateOnly Day { get; init; }
    }

    /// <param name="StreakDays">Days in a row now.</param>
    /// <param name="RewardPoints">In all, for what the streak and the days have newly reached.</param>
    public sealed record Response(
        DateOnly Day, int StreakDays, int TotalDays, long RewardPoints, IReadOnlyList<CheckIn.Reward> Rewards);

    [Function(nameof(MakeUpCheckIn))]
    [Caller(CallerKind.Member), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("补签"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/check-ins/make-ups")] HttpRequest request,
        CancellationToken cancel)
    {
        var calling = callers.RequireActive(request, cancel);
        var reading = CheckInProgrammeRows.Find(store, options, cancel);
        await Task.WhenAll(calling, reading);

        var (caller, programme) = (calling.Result, reading.Result);
        var body = await request.Read<Request>(cancel);
        var (day, joined) = (new ChinaDay(body.Day), ChinaDay.Of(caller.RegisteredAt));
        var terms = new RewardTerms(ids.Next(), options.Expiry(), options.EarnCaps());
        var today = ChinaDay.Of(clock.GetUtcNow());
        var decision = await transactor.Run(
            PointsRows.Earning(caller.Id, CheckInRules.CauseOf(day), terms.Caps),
            request.Operation(nameof(MakeUpCheckIn), caller.Id, body),
            (account, now) => CheckInRules.MakeUp(account, day, today, joined, programme, terms, now),
            cancel);
        return decision.ToHttp(facts =>
        {
            var done = facts.OfType<PointsEvent.MadeUp>().Single();
            return Results.Json(
                new Response(
                    done.Day.Date, done.StreakDays, done.TotalDays, done.RewardPoints, CheckIn.Reward.Of(facts)),
                statusCode: StatusCodes.Status201Created);
        });
    }
}
