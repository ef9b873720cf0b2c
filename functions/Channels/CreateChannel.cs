using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Channels;

/// <summary>CHN-01: marketing adds a channel, and gets the scene for its mini-program code.</summary>
public sealed class CreateChannel(ChannelDesk desk, OperatorCallers callers, TimeProvider clock)
{
    [Function(nameof(CreateChannel))]
    [Caller(CallerKind.Operator), Body(typeof(ChannelRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建渠道"), Tags("运营：渠道")]
    [ProducesResponseType<ChannelResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/channels")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<ChannelRequest>(cancel);
        var operation = request.Operation(nameof(CreateChannel), caller.Id, body);
        // The same key makes the same channel, so a repeat finds it.
        var channel = new Channel(Ids.From(operation.Key), body.Terms(), Version: 0, clock.GetUtcNow());
        var decision = await desk.Write(channel, operation, caller.Id, body.Reason, cancel);
        return decision.ToHttp(facts => Results.Json(
            ChannelResponse.Of(facts.Single().Channel), statusCode: StatusCodes.Status201Created));
    }
}
