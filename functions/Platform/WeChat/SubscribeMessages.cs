using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>Has WeChat show a member a message that they have agreed to: never twice for one call.</summary>
/// <remarks>Source: developers.weixin.qq.com, 订阅消息, <c>message/subscribe/send</c>.</remarks>
public sealed partial class SubscribeMessages(
    WeChatCalls calls, AccessTokens tokens, WeChatOptions options, ILogger<SubscribeMessages> log)
{
    private const string Path = "cgi-bin/message/subscribe/send";

    // Shoppers read the text; whether WeChat takes escapes in it is not known.
    private static readonly JsonSerializerOptions Form = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sends it. A token that WeChat takes for none is renewed once, since nothing was sent with it.</summary>
    public async Task<SendOutcome> Send(SubscribeMessage message, CancellationToken cancel)
    {
        var (outcome, refusedToken) = await Try(message, cancel);
        if (refusedToken is null) return outcome;
        tokens.Forget(refusedToken);
        return (await Try(message, cancel)).Outcome;
    }

    private async Task<(SendOutcome Outcome, string? RefusedToken)> Try(
        SubscribeMessage message, CancellationToken cancel)
    {
        switch (await tokens.Current(cancel))
        {
            case TokenOutcome.Ready ready:
                using (var request = Request(ready.Token, message))
                {
                    var answer = await calls.SendOnce(request, cancel);
                    return (Outcome(answer), answer?.ErrCode is 40001 or 40014 or 42001 ? ready.Token : null);
                }

            case TokenOutcome.Misconfigured wrong:
                return (new SendOutcome.NotSent(wrong.ErrCode), null); // the tokens have said so in the log
            default:
                return (new SendOutcome.NotSent(WeChatAnswer.SystemBusy), null);
        }
    }

    private SendOutcome Outcome(WeChatAnswer? answer)
    {
        switch (answer?.ErrCode)
        {
            case null:
                return new SendOutcome.Unknown();
            case 0:
                return new SendOutcome.Sent();
            case WeChatAnswer.SystemBusy or 40001 or 40014 or 42001: // busy, no token
            case 43108 or 45009 or 45011: // another is being sent to this user; too many calls
                return new SendOutcome.NotSent(answer.ErrCode);
            case SendOutcome.Refused.NoCredit: // the member's own wish, and no failure of anybody
                return new SendOutcome.Refused(answer.ErrCode);
            default:
                Refused(answer.ErrCode, answer.Rid);
                return new SendOutcome.Refused(answer.ErrCode);
        }
    }

    // The body is of known length: WeChat turns a chunked one away with HTTP 412.
    private HttpRequestMessage Request(string token, SubscribeMessage message)
    {
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body(message), Form));
        body.Headers.ContentType = new(MediaTypeNames.Application.Json);
        return new(HttpMethod.Post, $"{Path}?access_token={Uri.EscapeDataString(token)}") { Content = body };
    }

    private object Body(SubscribeMessage message) => new
    {
        touser = message.OpenId,
        template_id = message.TemplateId,
        page = message.Page.Length == 0 ? null : message.Page, // a card without one leads nowhere
        data = message.Data.ToDictionary(field => field.Key, field => new { value = field.Value }),
        miniprogram_state = options.MiniProgramState,
        lang = "zh_CN",
    };

    [LoggerMessage(LogLevel.Error, "WeChat refuses a message with errcode {ErrCode} (rid {Rid}): check its template")]
    private partial void Refused(int errCode, string rid);
}

/// <summary>A message.</summary>
/// <param name="Page">Of the mini-program, with its query; empty for none.</param>
/// <param name="Data">Every field of the template, within WeChat's limits.</param>
public sealed record SubscribeMessage(
    string OpenId, string TemplateId, string Page, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>An openid that reached a log would be personal data there.</summary>
    public override string ToString() => nameof(SubscribeMessage);
}

/// <summary>What became of a message.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>WeChat has taken it.</summary>
    public sealed record Sent : SendOutcome;

    /// <summary>WeChat has not taken it, and never will.</summary>
    public sealed record Refused(int ErrCode) : SendOutcome
    {
        /// <summary>The member has agreed to none, or to none any more.</summary>
        public const int NoCredit = 43101;

        public bool IsWithoutCredit => ErrCode == NoCredit;
    }

    /// <summary>WeChat has not taken it, and may take it later.</summary>
    public sealed record NotSent(int ErrCode) : SendOutcome;

    /// <summary>No answer: it may have been sent, so it must not be sent again.</summary>
    public sealed record Unknown : SendOutcome;
}
