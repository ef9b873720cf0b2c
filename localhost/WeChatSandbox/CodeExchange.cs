using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>GET /sns/jscode2session</c>: a login code against the shopper's openid.</summary>
internal sealed class CodeExchange(SandboxOptions options, LoginCodes codes)
{
    public const string Path = "/sns/jscode2session";

    private const int SessionKeyBytes = 16;

    public IResult Answer(HttpRequest request)
    {
        var query = request.Query;
        if (Credentials.Check(options, query["appid"], query["secret"]) is { } badCredentials)
            return WeChatAnswer.Of(badCredentials, WeChatAnswer.PlainText);
        if (query["js_code"].ToString() is not { Length: > 0 } code)
            return WeChatAnswer.Of(WeChatError.NoCode, WeChatAnswer.PlainText);
        if (query["grant_type"] != "authorization_code")
            return WeChatAnswer.Of(WeChatError.BadGrantType, WeChatAnswer.PlainText);

        var (shopper, error) = codes.Use(code);
        return shopper is null
            ? WeChatAnswer.Of(error!, WeChatAnswer.PlainText)
            : WeChatAnswer.Of(
                new { session_key = SessionKey(), openid = shopper.OpenId, unionid = shopper.UnionId },
                WeChatAnswer.PlainText);
    }

    private static string SessionKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SessionKeyBytes));
}
