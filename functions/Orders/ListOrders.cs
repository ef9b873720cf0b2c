using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>
/// ORD-13: the orders that were placed on a day, the newest first: <c>?day=2026-11-27&amp;state=paid</c>, today's of
/// every state when nothing is said. They come a moment after the orders themselves.
/// </summary>
public sealed class ListOrders(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    private static readonly Refusal NotADay =
        new("order.not_a_day", RefusalKind.Invalid, "日期须为 yyyy-MM-dd 格式。");

    [Function(nameof(ListOrders))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("某一天的订单"), Tags("运营：订单")]
    [ProducesResponseType<Listing<OrderEntry>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/orders")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance, OperatorRole.Analyst);
        var (from, until) = OrderIndexRows.Range(OrderStateFilter.Of(request));
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, OrderIndexRows.PartitionsOf(DayOf(request)), row => Stored.Read<OrderEntry>(row.Data), cancel));
    }

    private ChinaDay DayOf(HttpRequest request) => request.Query["day"] switch
    {
        { Count: 0 } => ChinaDay.Of(clock.GetUtcNow()),
        { Count: 1 } days when DateOnly.TryParseExact(
            days[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
            new ChinaDay(date),
        _ => throw new ProblemException(NotADay),
    };
}
