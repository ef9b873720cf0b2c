using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Points;

/// <summary>PTS-10: marketing says what check-ins bring. It holds from the next check-in on.</summary>
public sealed class ChangeCheckInProgramme(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>The one that is to be replaced: who has not seen the newest replaces nothing.</summary>
        [Whole(0, int.MaxValue - 1)]
        public required int Version { get; init; }

        /// <summary>For each check-in; 0 for none.</summary>
        [Whole(0, PointsRules.PointsPerBookingMax)]
        public required long DailyPoints { get; init; }

        /// <summary>When the days of a streak are counted from one again.</summary>
        public required CheckInCycle Cycle { get; init; }

        /// <summary>On top, for so many days in a row.</summary>
        [Rewards]
        public required IReadOnlyList<Streak> StreakRewards { get; init; }

        /// <summary>On top, for so many days in the month or in all.</summary>
        [Rewards]
        public required IReadOnlyList<Count> CountRewards { get; init; }

        /// <summary>Missed days that a member may make up for within one month; 0 for none.</summary>
        [Whole(0, CheckInProgramme.MakeUpCardsMax)]
        public required int MakeUpCards { get; init; }

        /// <summary>How many days back a missed day may lie.</summary>
        [Whole(0, CheckInProgramme.MakeUpDaysMax)]
        public required int MakeUpDays { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Streak
    {
        [Whole(1, CheckInProgramme.StreakDaysMax)]
        public required int Days { get; init; }

        [Whole(1, PointsRules.PointsPerBookingMax)]
        public required long Points { get; init; }
    }

    public sealed record Count
    {
        public required CheckInPeriod Period { get; init; }

        [Whole(1, CheckInProgramme.CountDaysMax)]
        public required int Days { get; init; }

        [Whole(1, PointsRules.PointsPerBookingMax)]
        public required long Points { get; init; }
    }

    [Function(nameof(ChangeCheckInProgramme))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("设置签到活动"), Tags("运营：积分")]
    [ProducesResponseType<CheckInProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/check-in-programme")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var wanted = new CheckInProgramme(
            body.Version,
            body.DailyPoints,
            body.Cycle,
            [.. body.StreakRewards.Select(reward => new StreakReward(reward.Days, reward.Points))],
            [.. body.CountRewards.Select(reward => new CountReward(reward.Period, reward.Days, reward.Points))],
            body.MakeUpCards,
            body.MakeUpDays);
        var decision = await transactor.Run(
            CheckInProgrammeRows.Layout,
            new Operation(nameof(ChangeCheckInProgramme), ids.Next(), Fingerprint: null),
            (current, now) => CheckInProgrammeRules.Change(current, wanted, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(_ => Results.Ok(
            CheckInProgrammeResponse.Of(wanted with { Version = wanted.Version + 1 })));
    }

    private sealed class RewardsAttribute : LengthAttribute
    {
        public RewardsAttribute()
            : base(0, CheckInProgramme.RewardsMax) =>
            ErrorMessage = $"最多 {CheckInProgramme.RewardsMax} 项，每项的天数和积分都须有效";

        public override bool IsValid(object? value) =>
            base.IsValid(value) && ((IEnumerable<object?>)value!).All(reward => reward is not null
                && Validator.TryValidateObject(
                    reward, new ValidationContext(reward), null, validateAllProperties: true));
    }
}
