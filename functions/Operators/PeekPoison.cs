using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>ADM-07: a look at what a queue has given up: where its rows are, and nothing of what they hold.</summary>
public sealed class PeekPoison(MessageQueues queues, PartitionStore store, OperatorCallers callers)
{
    /// <param name="Items">At most 32; there may be more behind them.</param>
    public sealed record Response(string Queue, IReadOnlyList<Item> Items);

    /// <param name="Row">Where the outbox row is; null for a message that is no pointer, so none of ours.</param>
    /// <param name="IsWaiting">Whether its effect is still to come; false once something else has brought it.</param>
    public sealed record Item(string MessageId, DateTimeOffset PoisonedAt, string? Row, bool IsWaiting);

    [Function(nameof(PeekPoison))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("查看队列的死信"), Tags("运营：运维")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/poison/{queue}")] HttpRequest request,
        string queue,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (!TriggeredQueues.Names.Contains(queue)) return Answers.Problem(OperatorRefusals.NoSuchQueue);

        var poisoned = await queues.Peek(queue + MessageQueues.PoisonSuffix, MessageQueues.ReceiveMax, cancel);
        return Results.Ok(new Response(
            queue, await Task.WhenAll(poisoned.Select(message => ItemOf(message, cancel)))));
    }

    private async Task<Item> ItemOf(WaitingMessage message, CancellationToken cancel)
    {
        var pointer = OutboxPointer.Parse(message.Body);
        var isWaiting = pointer is not null
            && await store.Find(pointer.Partition, OutboxRow.KeyOf(pointer.Id), cancel) is not null;
        return new Item(message.Id, message.InsertedAt, pointer?.ToString(), isWaiting);
    }
}
