using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What a check-in page shows: whether today is done, and how long the streak is.</summary>
public sealed class GetCheckIns(PartitionStore store, MemberCallers callers, PointsOptions options, TimeProvider clock)
{
    /// <param name="StreakDays">Days in a row up to today or yesterday; 0 once a day was missed.</param>
    /// <param name="RewardPoints">For today's check-in.</param>
    public sealed record Response(bool IsDoneToday, int StreakDays, int TotalDays, long RewardPoints);

    [Function(nameof(GetCheckIns))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的签到"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/check-ins")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var partition = MemberRows.Partition(caller.Id);
        var checkIns = await store.Find<CheckIns>(partition, PointsRows.CheckInsRow, cancel) ?? CheckIns.None;
        var today = ChinaDay.Of(clock.GetUtcNow());
        return Results.Ok(new Response(
            checkIns.LastDay == today, checkIns.StreakOn(today), checkIns.TotalDays, options.CheckInPoints));
    }
}
