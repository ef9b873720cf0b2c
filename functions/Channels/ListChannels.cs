using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>Every channel.</summary>
public sealed class ListChannels(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListChannels))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("渠道列表"), Tags("运营：渠道")]
    [ProducesResponseType<Listing<ChannelResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/channels")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(ChannelRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, ChannelRows.Partition, row => ChannelResponse.Of(Stored.Read<Channel>(row.Data)), cancel));
    }
}
