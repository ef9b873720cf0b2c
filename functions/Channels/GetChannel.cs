using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>CHN-03: a channel, and how it does.</summary>
public sealed class GetChannel(PartitionStore store, ChannelCounts counts, OperatorCallers callers)
{
    /// <param name="Added">Members who have registered by it, each counted once.</param>
    /// <param name="Returned">Members who were there already, each counted once.</param>
    /// <param name="AddRateBp">Added of printed, in hundredths of a percent; null while that is not known.</param>
    /// <param name="Band">What the trade thinks of it.</param>
    public sealed record Response(
        ChannelResponse Channel, long Added, long Returned, long? AddRateBp, AddRateBand? Band);

    [Function(nameof(GetChannel))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("渠道及其效果"), Tags("运营：渠道")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/channels/{channelId}")]
        HttpRequest request,
        string channelId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await ChannelRows.Find(store, channelId, cancel) is not { } channel)
            return Answers.Problem(ChannelRefusals.Missing);

        var count = await counts.Find(channelId, cancel);
        var rate = ChannelRules.AddRateBp(count.Added, channel.Terms.PrintedCount);
        return Results.Ok(new Response(
            ChannelResponse.Of(channel), count.Added, count.Returned, rate,
            rate is { } known ? ChannelRules.BandOf(known) : null));
    }
}
