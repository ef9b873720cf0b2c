using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.CodeImages;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>INV-04: marketing wants the mini-program code of a channel, for the printer. It is drawn once.</summary>
public sealed class OrderChannelCode(PartitionStore store, SceneCodes codes, OperatorCallers callers)
{
    [Function(nameof(OrderChannelCode))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("申请渠道的小程序码"), Tags("运营：渠道")]
    [ProducesResponseType<SceneCodes.Response>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/channels/{channelId}/code")]
        HttpRequest request,
        string channelId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Marketing);
        return await ChannelRows.Find(store, channelId, cancel) is { } channel
            ? await codes.Order(ChannelScenes.Of(channel.Id), Channel.CodePage, Channel.CodeWidthPx, cancel)
            : Answers.Problem(ChannelRefusals.Missing);
    }
}
