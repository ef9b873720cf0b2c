using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>
/// ADM-08: messages that were sent so often in vain that somebody has to look. A page may hold fewer items than asked
/// for.
/// </summary>
public sealed class ListStuckRows(PartitionStore store, StuckRows stuck, OperatorCallers callers)
{
    /// <param name="Row">Where it waits: partition and id.</param>
    /// <param name="Attempts">How often it was sent again.</param>
    /// <param name="NextAt">When it is sent the next time.</param>
    public sealed record Item(string Row, string Queue, DateTimeOffset LeftAt, int Attempts, DateTimeOffset NextAt);

    [Function(nameof(ListStuckRows))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("多次投递仍未处理的消息"), Tags("运营：运维")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/stuck")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(StuckRows.Prefix);
        var page = await Paging.Of(request, from, until).Read(
            store, StuckRows.Partition, row => Stored.Read<OutboxPointer>(row.Data), cancel);
        var items = await Task.WhenAll(page.Items.Select(pointer => ItemOf(pointer, cancel)));
        return Results.Ok(new Listing<Item>([.. items.OfType<Item>()], page.Next));
    }

    private async Task<Item?> ItemOf(OutboxPointer pointer, CancellationToken cancel) =>
        await stuck.Find(pointer, cancel) is { } row
            ? new Item(pointer.ToString(), row.Queue, row.LeftAt, row.Attempts, row.DueAt)
            : null;
}
