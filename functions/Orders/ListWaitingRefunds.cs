using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>ORD-13: refunds on which the shop has to act, whoever has waited longest first.</summary>
public sealed class ListWaitingRefunds(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListWaitingRefunds))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("待处理的退款"), Tags("运营：订单")]
    [ProducesResponseType<Listing<WaitingRefund>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/refunds")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var (from, until) = Keys.Under(WaitingRefundRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, WaitingRefundRows.Partitions, row => Stored.Read<WaitingRefund>(row.Data), cancel));
    }
}
