using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.CodeImages;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>INV-04: the mini-program code of a channel, large enough for print.</summary>
public sealed class GetChannelCode(PartitionStore store, SceneCodes codes, OperatorCallers callers)
{
    [Function(nameof(GetChannelCode))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("渠道的小程序码图片"), Tags("运营：渠道")]
    [ProducesResponseType<byte[]>(StatusCodes.Status200OK, "image/jpeg")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/channels/{channelId}/code")]
        HttpRequest request,
        string channelId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await ChannelRows.Find(store, channelId, cancel) is { } channel
            ? await codes.Show(ChannelScenes.Of(channel.Id), Channel.CodePage, Channel.CodeWidthPx, cancel)
            : Answers.Problem(ChannelRefusals.Missing);
    }
}
