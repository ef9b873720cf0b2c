namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The check of appid and secret with which three endpoints begin.</summary>
internal static class Credentials
{
    /// <summary>What is wrong with them, or null.</summary>
    public static WeChatError? Check(SandboxOptions options, string? appId, string? secret)
    {
        if (string.IsNullOrEmpty(appId))
            return WeChatError.NoAppId;
        if (appId != options.AppId)
            return WeChatError.BadAppId;
        if (string.IsNullOrEmpty(secret))
            return WeChatError.NoSecret;
        return secret == options.AppSecret ? null : WeChatError.BadSecret;
    }
}
