using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat;

/// <summary>The settings of the section <c>WeChat</c>.</summary>
public sealed partial class WeChatOptions
{
    public const string Section = "WeChat";

    /// <summary>The one address of the real service.</summary>
    public const string RealApiBase = "https://api.weixin.qq.com";

    /// <summary>What the sample settings hold; everybody knows it, so production refuses it.</summary>
    public const string SampleAppId = "wx0123456789abcdef";

    /// <summary>What the sample settings hold; everybody knows it, so production refuses it.</summary>
    public const string SampleAppSecret = "0123456789abcdef0123456789abcdef";

    /// <summary>What the sample settings hold; everybody knows it, so production refuses it.</summary>
    public const string SamplePushToken = "pondsandbox";

    public string AppId { get; init; } = "";

    public string AppSecret { get; init; } = "";

    /// <summary>Scheme, host and port, nothing more. Development points it at the sandbox.</summary>
    public string ApiBase { get; init; } = RealApiBase;

    /// <summary>Which version of the mini-program a message opens: formal, trial or developer.</summary>
    public string MiniProgramState { get; init; } = "formal";

    /// <summary>Signs what WeChat pushes: 3 … 32 letters and digits; empty where it pushes nothing.</summary>
    public string PushToken { get; init; } = "";

    /// <summary>
    /// WeChat's EncodingAESKey, 43 letters and digits: then nothing is taken that is not encrypted. Empty for plain.
    /// </summary>
    public string PushAesKey { get; init; } = "";

    /// <summary>The key before that one, for as long as WeChat may still use it; empty for none.</summary>
    public string PreviousPushAesKey { get; init; } = "";

    /// <summary>Every missing or malformed setting, one sentence each; none of them tells the secret.</summary>
    public IReadOnlyList<string> Problems(bool production) =>
    [
        .. Name(nameof(AppId), AppIdProblem(production)),
        .. Name(nameof(AppSecret), AppSecretProblem(production)),
        .. Name(nameof(ApiBase), production ? RealApiBaseProblem() : BaseAddress.Problem(ApiBase)),
        .. Name(nameof(MiniProgramState), MiniProgramStateProblem()),
        .. Name(nameof(PushToken), PushTokenProblem(production)),
        .. Name(nameof(PushAesKey), PushAesKeyProblem(PushAesKey)),
        .. Name(nameof(PreviousPushAesKey), PushAesKeyProblem(PreviousPushAesKey)),
    ];

    private static IEnumerable<string> Name(string setting, string? problem) =>
        problem is null ? [] : [$"{Section}:{setting} {problem}."];

    private string? AppIdProblem(bool production) => AppId switch
    {
        "" => "is missing",
        SampleAppId when production => "is still the sample's",
        _ => WellFormedAppId().IsMatch(AppId) ? null : "must be wx and 16 hexadecimal digits",
    };

    private string? AppSecretProblem(bool production) => AppSecret switch
    {
        "" => "is missing",
        SampleAppSecret when production => "is still the sample's",
        _ => WellFormedAppSecret().IsMatch(AppSecret) ? null : "must be 32 hexadecimal digits",
    };

    private string? RealApiBaseProblem() => ApiBase == RealApiBase ? null : $"must be {RealApiBase} in production";

    private string? MiniProgramStateProblem() =>
        MiniProgramState is "formal" or "trial" or "developer" ? null : "must be formal, trial or developer";

    private string? PushTokenProblem(bool production)
    {
        if (production && PushToken == SamplePushToken) return "is still the sample's";
        if (PushToken.Length == 0)
            return PushAesKey.Length + PreviousPushAesKey.Length == 0 ? null : "is missing, as there is a PushAesKey";
        return WellFormedPushToken().IsMatch(PushToken) ? null : "must be 3 … 32 letters and digits";
    }

    private static string? PushAesKeyProblem(string key) =>
        key.Length == 0 || WellFormedAesKey().IsMatch(key) ? null : "must be 43 letters and digits";

    [GeneratedRegex(@"^[0-9A-Za-z]{3,32}\z")]
    private static partial Regex WellFormedPushToken();

    [GeneratedRegex(@"^[0-9A-Za-z]{43}\z")]
    private static partial Regex WellFormedAesKey();

    [GeneratedRegex(@"^wx[0-9a-f]{16}\z")]
    private static partial Regex WellFormedAppId();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex WellFormedAppSecret();
}
