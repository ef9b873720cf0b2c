using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What a check-in page shows: the days of this month, the streak, and what comes next.</summary>
public sealed class GetCheckIns(PartitionStore store, MemberCallers callers, PointsOptions options, TimeProvider clock)
{
    /// <param name="StreakDays">Days in a row up to today or yesterday; 0 once a day was missed.</param>
    /// <param name="RewardPoints">For the next check-in, today's or tomorrow's.</param>
    /// <param name="Days">Of this month in China, those that count.</param>
    /// <param name="MadeUpDays">Those among them that a card has made good.</param>
    /// <param name="NextStreakReward">What the streak comes to next; null when there is nothing to come to.</param>
    /// <param name="CardsLeft">To make up for missed days with, this month.</param>
    /// <param name="MissedDays">That a card could make good.</param>
    public sealed record Response(
        bool IsDoneToday,
        int StreakDays,
        int TotalDays,
        long RewardPoints,
        IReadOnlyList<DateOnly> Days,
        IReadOnlyList<DateOnly> MadeUpDays,
        NextReward? NextStreakReward,
        int CardsLeft,
        IReadOnlyList<DateOnly> MissedDays);

    /// <param name="Day">When every day until then is checked in.</param>
    public sealed record NextReward(DateOnly Day, long Points);

    [Function(nameof(GetCheckIns))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的签到"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/check-ins")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var finding = store.Find<CheckIns>(MemberRows.Partition(caller.Id), PointsRows.CheckInsRow, cancel);
        var reading = CheckInProgrammeRows.Find(store, options, cancel);
        await Task.WhenAll(finding, reading);

        var today = ChinaDay.Of(clock.GetUtcNow());
        return Results.Ok(ResponseOf(
            finding.Result ?? CheckIns.None, reading.Result, today, ChinaDay.Of(caller.RegisteredAt)));
    }

    private static Response ResponseOf(CheckIns checkIns, CheckInProgramme programme, ChinaDay today, ChinaDay joined)
    {
        var isDone = checkIns.Has(today);
        var next = isDone ? today.Next : today;
        return new Response(
            isDone,
            checkIns.StreakOn(today),
            checkIns.TotalDays,
            CheckInRewards.OfCheckIn(checkIns, programme, next).Sum(reward => reward.Points),
            [.. checkIns.DaysOfMonth(today).Select(day => day.Date)],
            [.. checkIns.MakeUps.Select(makeUp => makeUp.Day).Where(today.Month().Contains).Select(day => day.Date)],
            CheckInRewards.NextOfStreak(checkIns, programme, next) is var (day, points)
                ? new NextReward(day.Date, points)
                : null,
            CheckInRules.CardsLeft(checkIns, today, programme),
            [.. CheckInRules.Missed(checkIns, today, joined, programme).Select(missed => missed.Date)]);
    }
}
