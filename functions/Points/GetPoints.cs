using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What the member can spend, and what ends when.</summary>
public sealed class GetPoints(PartitionStore store, MemberCallers callers, TimeProvider clock)
{
    public sealed record Response(long SpendablePoints, IReadOnlyList<Expiry> Expiries);

    /// <param name="ExpiresAt">Null for points that last for ever.</param>
    public sealed record Expiry(DateTimeOffset? ExpiresAt, long Points);

    [Function(nameof(GetPoints))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的积分"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/points")] HttpRequest request, CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var now = clock.GetUtcNow();
        var pages = await store.ReadUnder(
            MemberRows.Partition(caller.Id), PointsRows.LotsPrefix, Load.RowsMax, cancel);
        Expiry[] expiries =
        [
            .. pages
                .SelectMany(row => Stored.Read<PointsRows.LotPage>(row.Data).Lots)
                .Where(lot => lot.IsSpendable(now))
                .GroupBy(lot => lot.ExpiresAt, (expiresAt, lots) => new Expiry(expiresAt, lots.Sum(lot => lot.RemainingPoints)))
                .OrderBy(expiry => expiry.ExpiresAt ?? DateTimeOffset.MaxValue),
        ];
        return Results.Ok(new Response(expiries.Sum(expiry => expiry.Points), expiries));
    }
}
