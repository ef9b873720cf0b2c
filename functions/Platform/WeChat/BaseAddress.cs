namespace Pond.Platform.WeChat;

/// <summary>Checks addresses of settings.</summary>
internal static class BaseAddress
{
    /// <summary>What is wrong with an address that should be scheme, host and port; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        if (text.Length == 0)
            return "is missing";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            return "must be an absolute address";
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            return "must be https, or http to this machine";
        return address.GetLeftPart(UriPartial.Authority) == text.TrimEnd('/') && address.UserInfo.Length == 0
            ? null
            : "must be scheme, host and port alone";
    }
}
