namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A failure as WeChat's open API tells it: HTTP 200, with a code that is not 0.</summary>
/// <param name="Text">The fixed half of <c>errmsg</c>; the other half changes with every answer.</param>
public sealed record WeChatError(int Code, string Text)
{
    public static readonly WeChatError BadToken =
        new(40001, "invalid credential, access_token is invalid or not latest");

    public static readonly WeChatError BadGrantType = new(40002, "invalid grant_type");
    public static readonly WeChatError BadAppId = new(40013, "invalid appid");
    public static readonly WeChatError BadCode = new(40029, "invalid code");
    public static readonly WeChatError BadSecret = new(40125, "invalid appsecret");
    public static readonly WeChatError UsedCode = new(40163, "code been used");
    public static readonly WeChatError HighRisk = new(40226, "code blocked");
    public static readonly WeChatError NoToken = new(41001, "access_token missing");
    public static readonly WeChatError NoAppId = new(41002, "appid missing");
    public static readonly WeChatError NoSecret = new(41004, "appsecret missing");
    public static readonly WeChatError NoCode = new(41008, "missing code");
    public static readonly WeChatError ExpiredToken = new(42001, "access_token expired");
    public static readonly WeChatError NotPost = new(43002, "require POST method");
    public static readonly WeChatError EmptyBody = new(44002, "empty post data");
    public static readonly WeChatError DailyLimit = new(45009, "reach max api daily quota limit");
    public static readonly WeChatError MinuteLimit =
        new(45011, "api minute-quota reach limit, must slower, retry next minute");
    public static readonly WeChatError BadJson = new(47001, "data format error");
}
