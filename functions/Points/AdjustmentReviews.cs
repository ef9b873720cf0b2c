using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What approving and rejecting have in common.</summary>
public sealed class AdjustmentReviews(PartitionStore store, Transactor transactor)
{
    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string AdjustmentId, string MemberId, long Points, AdjustmentState State);

    /// <summary>Decides about one adjustment, in one commit with what that books.</summary>
    public async Task<IResult> Decide(
        string adjustmentId,
        Operation operation,
        Func<AdjustmentCase, DateTimeOffset, Decision<PointsEvent>> decide,
        CancellationToken cancel)
    {
        if (await Find(adjustmentId, cancel) is not { } known) return Answers.Problem(ApprovalRefusals.Missing);

        // Of what was found now only what never changes counts: whose it is, and for which cause.
        var decision = await transactor.Run(
            AdjustmentRows.Case(known.MemberId, known.Id, known.Cause, known.Points), operation, decide, cancel);
        return decision.ToHttp(facts =>
        {
            var decided = facts.OfType<PointsEvent.AdjustmentDecided>().Single().Adjustment;
            return Results.Ok(new Response(decided.Id, decided.MemberId, decided.Points, decided.State));
        });
    }

    private async Task<WaitingAdjustment?> Find(string id, CancellationToken cancel) =>
        WaitingAdjustment.MemberIn(id) is { } memberId
            ? await store.Find<WaitingAdjustment>(
                Members.MemberRows.Partition(memberId), AdjustmentRows.Row(id), cancel)
            : null;
}
