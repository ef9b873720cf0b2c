using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>
/// REF-05: marketing says what bringing a friend is worth. It holds for friends who register from now on; the budget
/// holds for all. Nothing is paid for sharing: WeChat forbids that, so only what the friend buys counts.
/// </summary>
public sealed class ChangeReferralProgramme(
    Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids)
{
    private const long PointsMax = 1_000_000;
    private const long LeastFenMax = 100_000_000;

    public sealed record Request
    {
        /// <summary>The one that is to be replaced: who has not seen the newest replaces nothing.</summary>
        [Whole(0, int.MaxValue - 1)]
        public required int Version { get; init; }

        /// <summary>Friends who register while it is off are nobody's.</summary>
        public required bool IsOn { get; init; }

        /// <summary>For whoever brought the friend.</summary>
        [Inner]
        public required RewardBody ForReferrer { get; init; }

        /// <summary>For the friend.</summary>
        [Inner]
        public required RewardBody ForFriend { get; init; }

        /// <summary>Within so many days after the registration the friend has to pay an order.</summary>
        [Whole(1, ReferralProgramme.DaysMax)]
        public required int QualifyDays { get; init; }

        /// <summary>So many days after the payment the reward comes.</summary>
        [Whole(0, ReferralProgramme.WaitDaysMax)]
        public required int WaitDays { get; init; }

        /// <summary>What the goods of the order cost at least, in fen.</summary>
        [Whole(0, LeastFenMax)]
        public long LeastFen { get; init; }

        /// <summary>Whoever brings a friend is a member for so many days.</summary>
        [Whole(0, ReferralProgramme.DaysMax)]
        public int ReferrerDaysMin { get; init; }

        /// <summary>Whoever brings more gets their rewards only after a person has looked.</summary>
        [Whole(1, ReferralProgramme.FriendsPerHourLimit)]
        public int FriendsPerHourMax { get; init; } = ReferralProgramme.None.FriendsPerHourMax;

        /// <summary>Rewards of a referrer in one day; none for no limit.</summary>
        [Whole(1, ReferralProgramme.RewardsLimit)]
        public int? PerDayMax { get; init; }

        /// <summary>Rewards of a referrer in one month; none for no limit.</summary>
        [Whole(1, ReferralProgramme.RewardsLimit)]
        public int? PerMonthMax { get; init; }

        /// <summary>Rewards of a referrer in all; none for no limit.</summary>
        [Whole(1, ReferralProgramme.RewardsLimit)]
        public int? PerReferrerMax { get; init; }

        /// <summary>Rewarded friends in all; none for no limit.</summary>
        [Whole(0, ReferralProgramme.RewardsLimit)]
        public int? RewardsMax { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <summary>What one side gets.</summary>
    public sealed record RewardBody : IValidatableObject
    {
        [Whole(0, PointsMax)]
        public long Points { get; init; }

        [Whole(0, PointsMax)]
        public long Growth { get; init; }

        /// <summary>A coupon of it; none for none.</summary>
        [Text(Ids.IdChars, Ids.IdChars)]
        public string? TemplateId { get; init; }

        internal ReferralReward Of() => new(Points, Growth, TemplateId);

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (TemplateId is not null && !Ids.IsId(TemplateId))
                yield return new ValidationResult("无效的优惠券编号", [nameof(TemplateId)]);
        }
    }

    [Function(nameof(ChangeReferralProgramme))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("设置老带新活动"), Tags("运营：老带新")]
    [ProducesResponseType<ReferralProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/referral-programme")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var wanted = new ReferralProgramme(
            body.Version, OnSince: null, body.ForReferrer.Of(), body.ForFriend.Of(), body.QualifyDays, body.WaitDays,
            body.LeastFen, body.ReferrerDaysMin, body.FriendsPerHourMax, body.PerDayMax, body.PerMonthMax,
            body.PerReferrerMax, body.RewardsMax);
        var decision = await transactor.Run(
            ReferralProgrammeRows.Layout,
            new Operation(nameof(ChangeReferralProgramme), ids.Next(), Fingerprint: null),
            (current, now) => ReferralProgrammeRules.Change(
                current, wanted, body.IsOn, caller.Id, body.Reason, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return Results.Ok(ReferralProgrammeResponse.Of(
            await ReferralProgrammeRows.Find(store, cancel), await ReferralProgrammeRows.FindBudget(store, cancel)));
    }
}
