using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What the member can spend, and what ends when.</summary>
public sealed class GetPoints(SpendableLots lots, PartitionStore store, MemberCallers callers, TimeProvider clock)
{
    /// <param name="SpendablePoints">Now; none while there is a debt.</param>
    /// <param name="HeldPoints">Reserved, such as for an order that waits to be paid.</param>
    /// <param name="DebtPoints">What refunds could not take back; whatever comes in settles it first.</param>
    /// <param name="EndingSoonPoints">Of what can be spent, those that end within thirty days.</param>
    /// <param name="Expiries">What can be spent, by when it ends, what ends first first.</param>
    public sealed record Response(
        long SpendablePoints,
        long HeldPoints,
        long DebtPoints,
        long EndingSoonPoints,
        IReadOnlyList<Expiry> Expiries);

    /// <param name="ExpiresAt">Null for points that last for ever.</param>
    public sealed record Expiry(DateTimeOffset? ExpiresAt, long Points);

    [Function(nameof(GetPoints))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的积分"), Tags("积分")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/points")]
        HttpRequest request, CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var partition = MemberRows.Partition(caller.Id);
        var balance = await store.Find<Balance>(partition, PointsRows.BalanceRow, cancel) ?? Balance.Empty;
        Expiry[] expiries =
        [
            .. (await lots.Of(caller.Id, cancel))
                .GroupBy(
                    lot => lot.ExpiresAt,
                    (expiresAt, same) => new Expiry(expiresAt, same.Sum(lot => lot.RemainingPoints)))
                .OrderBy(expiry => expiry.ExpiresAt ?? DateTimeOffset.MaxValue),
        ];
        var soon = clock.GetUtcNow().AddDays(EndingSoonRules.DaysMax);
        return Results.Ok(new Response(
            expiries.Sum(expiry => expiry.Points),
            balance.HeldPoints,
            balance.DebtPoints,
            expiries.Where(expiry => expiry.ExpiresAt <= soon).Sum(expiry => expiry.Points),
            expiries));
    }
}
