using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Channels;

/// <summary>CHN-01: marketing writes a channel anew. It holds for scans that are heard of from now on.</summary>
public sealed class ReplaceChannel(ChannelDesk desk, OperatorCallers callers, Ids ids, TimeProvider clock)
{
    public sealed record Request : ChannelRequest
    {
        /// <summary>Of the channel that this one replaces.</summary>
        [Whole(1, int.MaxValue)]
        public required long Version { get; init; }
    }

    [Function(nameof(ReplaceChannel))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("修改渠道"), Tags("运营：渠道")]
    [ProducesResponseType<ChannelResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/channels/{channelId}")]
        HttpRequest request,
        string channelId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(channelId)) return Answers.Problem(ChannelRefusals.Missing);

        var channel = new Channel(channelId, body.Terms(), body.Version, clock.GetUtcNow());
        var operation = new Operation(nameof(ReplaceChannel), ids.Next(), Fingerprint: null);
        var decision = await desk.Write(channel, operation, caller.Id, body.Reason, cancel);
        return decision.ToHttp(facts => Results.Ok(ChannelResponse.Of(facts.Single().Channel)));
    }
}
