using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.Queues;

namespace Pond.Operators;

/// <summary>ADM-07: how many messages each queue has given up, since their function failed every time.</summary>
public sealed class ListPoison(MessageQueues queues, OperatorCallers callers)
{
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <param name="Count">A good guess, not a promise.</param>
    public sealed record Item(string Queue, long Count);

    [Function(nameof(ListPoison))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("各队列的死信数"), Tags("运营：运维")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/poison")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var items = TriggeredQueues.Names.Select(async queue =>
            new Item(queue, await queues.Count(queue + MessageQueues.PoisonSuffix, cancel)));
        return Results.Ok(new Response(await Task.WhenAll(items)));
    }
}
