using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>Asks WeChat for the phone number behind a code.</summary>
public sealed partial class WeChatPhones(
    WeChatCalls calls, AccessTokens tokens, WeChatOptions options, ILogger<WeChatPhones> log)
{
    private const string Path = "wxa/business/getuserphonenumber";

    /// <summary>Exchanges a code of the button <c>getPhoneNumber</c>: five minutes, one use.</summary>
    /// <param name="openId">Whose code it has to be; WeChat checks that.</param>
    /// <remarks>
    /// A token that WeChat takes for none is renewed once. When the answer is lost, the code is used up all the same.
    /// </remarks>
    public async Task<PhoneOutcome> ExchangeCode(string code, string openId, CancellationToken cancel)
    {
        var (outcome, refusedToken) = await Try(code, openId, cancel);
        if (refusedToken is null) return outcome;
        tokens.Forget(refusedToken);
        return (await Try(code, openId, cancel)).Outcome;
    }

    private async Task<(PhoneOutcome Outcome, string? RefusedToken)> Try(
        string code, string openId, CancellationToken cancel)
    {
        switch (await tokens.Current(cancel))
        {
            case TokenOutcome.Ready ready:
                var answer = await calls.Send(() => Request(ready.Token, code, openId), cancel);
                return (Outcome(answer), answer?.ErrCode is 40001 or 40014 or 42001 ? ready.Token : null);
            case TokenOutcome.Misconfigured wrong:
                return (new PhoneOutcome.Misconfigured(wrong.ErrCode), null); // the tokens have said so in the log
            default:
                return (new PhoneOutcome.Busy(), null);
        }
    }

    private PhoneOutcome Outcome(WeChatAnswer? answer) => answer?.ErrCode switch
    {
        null => new PhoneOutcome.Busy(),
        0 => Found(answer),
        40029 or 40163 => new PhoneOutcome.CodeRefused(),
        45009 or 45011 => new PhoneOutcome.Busy(),
        _ => Misconfigured(answer),
    };

    // The body is of known length: WeChat turns a chunked one away with HTTP 412.
    private static HttpRequestMessage Request(string token, string code, string openId) =>
        new(HttpMethod.Post, $"{Path}?access_token={Uri.EscapeDataString(token)}")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new { code, openid = openId }),
                Encoding.UTF8,
                MediaTypeNames.Application.Json),
        };

    // The country code is a number in some of WeChat's answers. The watermark names the app that the code was for.
    private PhoneOutcome Found(WeChatAnswer answer)
    {
        var info = answer.Part("phone_info");
        var countryCode = info?.Text("countryCode") ?? info?.Number("countryCode")?.ToString("0", null);
        if (countryCode is not null
            && info?.Text("purePhoneNumber") is { } number
            && info.Part("watermark")?.Text("appid") == options.AppId)
            return new PhoneOutcome.Found(countryCode, number);
        NotUsable();
        return new PhoneOutcome.Busy();
    }

    private PhoneOutcome.Misconfigured Misconfigured(WeChatAnswer answer)
    {
        Refused(answer.ErrCode, answer.Rid);
        return new(answer.ErrCode);
    }

    [LoggerMessage(LogLevel.Warning, "WeChat accepts a phone code and tells no number of this app")]
    private partial void NotUsable();

    [LoggerMessage(LogLevel.Error, "WeChat refuses every phone code with errcode {ErrCode} (rid {Rid})")]
    private partial void Refused(int errCode, string rid);
}
