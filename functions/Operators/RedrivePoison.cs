using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Queues;

namespace Pond.Operators;

/// <summary>
/// ADM-07: sends back to a queue what it has given up, once the cause is mended. Rows are the truth, so what was done
/// in the meantime is not done again.
/// </summary>
public sealed class RedrivePoison(
    MessageQueues queues, Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>Messages at most.</summary>
        [Whole(1, MessageQueues.ReceiveMax)]
        public required int Max { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="Moved">Fewer than asked for when no more were there.</param>
    public sealed record Response(string Queue, int Moved);

    [Function(nameof(RedrivePoison))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("重新投递死信"), Tags("运营：运维")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/poison/{queue}/redrives")]
        HttpRequest request,
        string queue,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        if (!TriggeredQueues.Names.Contains(queue)) return Answers.Problem(OperatorRefusals.NoSuchQueue);

        // The audit comes first: should this process die while it moves them, it is known who began.
        var before = await queues.Count(queue + MessageQueues.PoisonSuffix, cancel);
        var decision = await transactor.Run(
            Redrives.Layout(queue),
            new Operation(nameof(RedrivePoison), ids.Next(), Fingerprint: null),
            (_, now) => new OperatorActedV1(
                caller.Id, "poison.redrive", queue, body.Reason, Text(before),
                Text(Math.Max(0, before - body.Max)), now),
            cancel);
        return decision.Refusal is { } refusal
            ? Answers.Problem(refusal)
            : Results.Ok(new Response(queue, await queues.Redrive(queue, body.Max, cancel)));
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
