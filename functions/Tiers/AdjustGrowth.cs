using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-01: an operator gives a member growth or takes some back, with a reason.</summary>
public sealed class AdjustGrowth(Transactor transactor, PartitionStore store, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Positive to give, negative to take back; not 0.</summary>
        [Whole(-GrowthRules.GrowthPerBookingMax, GrowthRules.GrowthPerBookingMax)]
        public required long Growth { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="AfterGrowth">All that the member has, however old.</param>
    public sealed record Response(string MemberId, long Growth, long AfterGrowth);

    [Function(nameof(AdjustGrowth))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("给会员增减成长值"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/members/{memberId}/growth-adjustments")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);

        var operation = request.Operation(nameof(AdjustGrowth), caller.Id, body);
        var cause = new GrowthCause(GrowthCause.Adjustment, operation.Key);
        var adjustment = new GrowthAdjustment(cause, body.Growth, memberId, caller.Id, body.Reason);
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await transactor.Run(
            TierRows.Account(memberId, cause),
            operation,
            (account, now) => GrowthRules.Adjust(account, programme, adjustment, now),
            cancel);
        return decision.ToHttp(facts =>
        {
            var adjusted = facts.OfType<TierEvent.Adjusted>().Single();
            return Results.Json(
                new Response(memberId, adjusted.AfterGrowth - adjusted.BeforeGrowth, adjusted.AfterGrowth),
                statusCode: StatusCodes.Status201Created);
        });
    }
}
