using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.WeChat;

namespace Pond.Touches;

/// <summary>
/// TCH-01: WeChat pushes what a user has answered. It is verified, kept in one commit and answered; everything else
/// follows by messages.
/// </summary>
public sealed class ReceiveWeChatEvents(WeChatPushes pushes, PushDesk desk, TimeProvider clock)
{
    internal const string Route = "wechat/events";

    private const string Success = "success";

    /// <summary>How long keeping one may take: WeChat waits five seconds, and comes again.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(3);

    [Function(nameof(ReceiveWeChatEvents))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("微信消息推送"), Tags("微信回调")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/plain")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancel)
    {
        if (!pushes.IsOn) return Answers.Problem(TouchRefusals.PushesOff);
        var body = await Bodies.ReadBytes(request, WeChatPushes.BodyBytesMax, cancel);
        if (pushes.Read(Signs(request), body) is not { } push) return Answers.Problem(TouchRefusals.BadPush);

        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await desk.Keep(push, either.Token);
            return Results.Text(Success);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ContendedException(nameof(ReceiveWeChatEvents));
        }
    }

    internal static PushSigns Signs(HttpRequest request) => new(
        Single(request, "signature"), Single(request, "msg_signature"), Single(request, "timestamp"),
        Single(request, "nonce"));

    // Said twice, nobody knows which one was signed.
    internal static string? Single(HttpRequest request, string name) =>
        request.Query[name] is [{ } value] ? value : null;
}
