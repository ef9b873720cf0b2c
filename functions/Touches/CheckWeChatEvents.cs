using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.WeChat;

namespace Pond.Touches;

/// <summary>WeChat asks whether this is the address for its pushes: it gets its own text back.</summary>
public sealed class CheckWeChatEvents(WeChatPushes pushes)
{
    private const int EchoCharsMax = 128;

    [Function(nameof(CheckWeChatEvents))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("微信消息推送地址验证"), Tags("微信回调")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/plain")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ReceiveWeChatEvents.Route)] HttpRequest request)
    {
        if (!pushes.IsOn) return Answers.Problem(TouchRefusals.PushesOff);
        var echo = ReceiveWeChatEvents.Single(request, "echostr") ?? "";
        return echo.Length is > 0 and <= EchoCharsMax && pushes.IsOurs(ReceiveWeChatEvents.Signs(request))
            ? Results.Text(echo)
            : Answers.Problem(TouchRefusals.BadPush);
    }
}
