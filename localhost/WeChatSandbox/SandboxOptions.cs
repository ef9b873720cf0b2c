using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Which mini-program the sandbox is a WeChat for, and where it listens.</summary>
/// <param name="Port">On the loopback address; 0 takes any free one.</param>
/// <param name="Merchant">Whom it is WeChat Pay for; null for nobody.</param>
/// <param name="Push">How events are pushed to the app; null where none are.</param>
/// <param name="EventsTo">Where the app is: scheme, host and port; null when that is told later.</param>
public sealed record SandboxOptions(
    string AppId,
    string AppSecret,
    int Port = SandboxOptions.PortDefault,
    SandboxMerchant? Merchant = null,
    SandboxPush? Push = null,
    string? EventsTo = null)
{
    public const int PortDefault = 7072;

    /// <summary>
    /// The app's own credentials, from the sections <c>WeChat</c> and <c>WeChatPay</c>, and <c>WeChatSandbox:Port</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A credential is missing.</exception>
    public static SandboxOptions From(IConfiguration configuration) => new(
        Required(configuration, "WeChat:AppId"),
        Required(configuration, "WeChat:AppSecret"),
        configuration.GetValue("WeChatSandbox:Port", PortDefault),
        SandboxMerchant.From(configuration),
        configuration["WeChat:PushToken"] is { Length: > 0 } token
            ? new SandboxPush(token, configuration["WeChat:PushAesKey"])
            : null,
        configuration["WeChatPay:NotifyBase"] is { Length: > 0 } app ? app : null);

    private static string Required(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The WeChat sandbox needs the setting {key}.");
}
