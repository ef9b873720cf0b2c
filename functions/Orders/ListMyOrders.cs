using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>
/// The member's orders, the newest first, those of accounts that were merged into theirs included. With a state a page
/// may hold fewer items than asked for.
/// </summary>
public sealed class ListMyOrders(PartitionStore store, Survivors survivors, MemberCallers callers)
{
    [Function(nameof(ListMyOrders))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我的订单"), Tags("订单")]
    [ProducesResponseType<Listing<OrderSummary>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/orders")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var state = OrderStateFilter.Of(request);
        var (from, until) = Keys.Under(OrderRows.Prefix);
        var paging = Paging.Of(request, from, until);
        var accounts = await survivors.AccountsOf(caller.Id, cancel);
        var orders = await paging.Read(
            store, accounts.Select(MemberRows.Partition), row => Stored.Read<Order>(row.Data), cancel);
        OrderSummary[] wanted =
        [
            .. orders.Items.Where(order => state is null || order.State == state).Select(OrderSummary.Of),
        ];
        return Results.Ok(new Listing<OrderSummary>(wanted, orders.Next));
    }
}
