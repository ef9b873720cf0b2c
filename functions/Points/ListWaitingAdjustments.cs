using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>
/// ADM-02: adjustments that wait for a second operator, the longest waiting first. A page may hold fewer items than
/// asked for.
/// </summary>
public sealed class ListWaitingAdjustments(
    PartitionStore store, OperatorCallers callers, OperatorNames names, TimeProvider clock)
{
    /// <param name="AskedByName">What they are called at present; null when they never had a name.</param>
    public sealed record Item(
        string AdjustmentId,
        string MemberId,
        long Points,
        string Reason,
        string AskedBy,
        string? AskedByName,
        DateTimeOffset AskedAt,
        DateTimeOffset ExpiresAt);

    [Function(nameof(ListWaitingAdjustments))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("待审批的积分调整"), Tags("运营：会员")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/points-adjustments")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var now = clock.GetUtcNow();
        var paging = Paging.Of(
            request, AdjustmentRows.ListFrom(now), Keys.Under(AdjustmentRows.ListPrefix).Until);
        var page = await paging.Read(
            store, AdjustmentRows.ListPartition, row => Stored.Read<WaitingAdjustment>(row.Data), cancel);
        WaitingAdjustment[] waiting =
            [.. page.Items.Where(one => one.State is AdjustmentState.Waiting && now < one.ExpiresAt)];
        var nameOf = await names.Of(waiting.Select(one => one.AskedBy), cancel);
        return Results.Ok(new Listing<Item>(
            [.. waiting.Select(one => ItemOf(one, nameOf.GetValueOrDefault(one.AskedBy)))], page.Next));
    }

    private static Item ItemOf(WaitingAdjustment one, string? askedByName) => new(
        one.Id, one.MemberId, one.Points, one.Reason, one.AskedBy, askedByName, one.AskedAt, one.ExpiresAt);
}
