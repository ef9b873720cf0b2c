using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>What the app asks of WeChat's open API.</summary>
public sealed partial class WeChatApi(WeChatCalls calls, WeChatOptions options, ILogger<WeChatApi> log)
{
    /// <summary>Real codes have 32; a longer text is none, and not worth a call.</summary>
    public const int CodeCharsMax = 128;

    /// <summary>
    /// Exchanges a code of <c>wx.login</c>. The session key that comes along dies here: nothing in this app needs it.
    /// </summary>
    /// <remarks>
    /// When the answer to an exchange is lost, the code is used up all the same, and the next try with it is
    /// <see cref="LoginOutcome.CodeRefused"/>: the client then logs in anew.
    /// </remarks>
    public async Task<LoginOutcome> ExchangeCode(string code, CancellationToken cancel)
    {
        if (code.Length is 0 or > CodeCharsMax)
            return new LoginOutcome.CodeRefused();
        var address = "sns/jscode2session?grant_type=authorization_code"
            + $"&appid={options.AppId}&secret={options.AppSecret}&js_code={Uri.EscapeDataString(code)}";
        var answer = await calls.Send(() => new(HttpMethod.Get, address), cancel);
        return answer?.ErrCode switch
        {
            null => new LoginOutcome.Busy(),
            0 => SignedIn(answer),
            40029 or 40163 => new LoginOutcome.CodeRefused(),
            40226 => new LoginOutcome.Blocked(),
            45009 or 45011 => new LoginOutcome.Busy(),
            _ => Misconfigured(answer),
        };
    }

    private LoginOutcome SignedIn(WeChatAnswer answer)
    {
        if (answer.Text("openid") is { } openId)
            return new LoginOutcome.SignedIn(openId, answer.Text("unionid"));
        NoOpenId();
        return new LoginOutcome.Busy();
    }

    private LoginOutcome.Misconfigured Misconfigured(WeChatAnswer answer)
    {
        Refused(answer.ErrCode, answer.Rid);
        return new(answer.ErrCode);
    }

    [LoggerMessage(LogLevel.Warning, "WeChat accepts a login and names nobody")]
    private partial void NoOpenId();

    [LoggerMessage(LogLevel.Error, "WeChat refuses every login with errcode {ErrCode} (rid {Rid}): check the settings")]
    private partial void Refused(int errCode, string rid);
}
