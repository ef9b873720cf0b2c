using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-02: marketing writes the programme anew. Members keep what they have until its review.</summary>
public sealed class ReplaceTiers(Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>Of the programme that this one replaces; 0 for the first.</summary>
        [Whole(0, int.MaxValue)]
        public required long Version { get; init; }

        /// <summary>Days that growth counts, the day of its booking being the first; 0 for ever.</summary>
        [Whole(0, ProgrammeRules.WindowDaysMax)]
        public required int WindowDays { get; init; }

        /// <summary>When growth that was taken back can cost a tier.</summary>
        public required ReturnPolicy Returns { get; init; }

        /// <summary>From the lowest up.</summary>
        [Items(1, ProgrammeRules.TiersMax)]
        public required IReadOnlyList<TierBody> Tiers { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ReplaceTiers))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("设置会员等级方案"), Tags("运营：会员等级")]
    [ProducesResponseType<ProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/tiers")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var after = new Programme(
            body.Version, body.WindowDays, body.Returns, [.. body.Tiers.Select(tier => tier.ToTier())]);
        var decision = await transactor.Run(
            ProgrammeRows.Layout,
            new Operation(nameof(ReplaceTiers), ids.Next(), Fingerprint: null),
            (before, now) => ProgrammeRules.Replace(before, after, caller.Id, body.Reason, now),
            cancel);
        var programme = decision.Facts is [var replaced] ? replaced.After : await ProgrammeRows.Find(store, cancel);
        return decision.ToHttp(_ => Results.Ok(ProgrammeResponse.Of(programme)));
    }
}
