using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Leaderboards;

/// <summary>LDB-01: marketing promises prizes to those who bring the most friends. What is promised stays.</summary>
public sealed class CreateLeaderboard(Transactor transactor, OperatorCallers callers, Ids ids, TimeProvider clock)
{
    private const long PointsMax = 1_000_000;
    private const int HonourDaysMax = 3_650;

    public sealed record Request
    {
        [Text(1, 30)]
        public required string Name { get; init; }

        public required DateTimeOffset StartsAt { get; init; }

        public required DateTimeOffset EndsAt { get; init; }

        /// <summary>So many days after its end it may be settled: by then a person has looked at it.</summary>
        [Whole(0, Leaderboard.ReviewDaysMax)]
        public required int ReviewDays { get; init; }

        /// <summary>From the first place on, without a gap.</summary>
        [Items(1, Leaderboard.PlacesMax)]
        public required IReadOnlyList<PrizeBody> Prizes { get; init; }
    }

    /// <summary>What the members on some places get.</summary>
    public sealed record PrizeBody : IValidatableObject
    {
        [Whole(1, Leaderboard.PlacesMax)]
        public required int FromPlace { get; init; }

        [Whole(1, Leaderboard.PlacesMax)]
        public required int ToPlace { get; init; }

        [Whole(0, PointsMax)]
        public long Points { get; init; }

        [Whole(0, PointsMax)]
        public long Growth { get; init; }

        /// <summary>A coupon of it; none for none.</summary>
        [Text(Ids.IdChars, Ids.IdChars)]
        public string? TemplateId { get; init; }

        /// <summary>A title; none for none.</summary>
        [Text(1, 12)]
        public string? Honour { get; init; }

        /// <summary>For how many days they may bear it.</summary>
        [Whole(0, HonourDaysMax)]
        public int HonourDays { get; init; }

        internal LeaderboardPrize Of() => new(FromPlace, ToPlace, Points, Growth, TemplateId, Honour, HonourDays);

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (TemplateId is not null && !Ids.IsId(TemplateId))
                yield return new ValidationResult("无效的优惠券编号", [nameof(TemplateId)]);
        }
    }

    [Function(nameof(CreateLeaderboard))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("新建排行榜"), Tags("运营：排行榜")]
    [ProducesResponseType<LeaderboardResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/leaderboards")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CreateLeaderboard), caller.Id, body);
        var wanted = new Leaderboard(
            LeaderboardRows.IdOf(clock.GetUtcNow(), ids.Next()), body.Name, body.StartsAt, body.EndsAt,
            body.ReviewDays, [.. body.Prizes.Select(prize => prize.Of())], ExcludedIds: []);
        var decision = await transactor.Run(
            LeaderboardRows.Desk(wanted.Id),
            operation,
            (desk, now) => LeaderboardRules.Create(desk, wanted, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            LeaderboardResponse.Of(facts.Single().After, facts.Single().Act.At),
            statusCode: StatusCodes.Status201Created));
    }
}
