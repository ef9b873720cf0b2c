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

    public string AppId { get; init; } = "";

    public string AppSecret { get; init; } = "";

    /// <summary>Scheme, host and port, nothing more. Development points it at the sandbox.</summary>
    public string ApiBase { get; init; } = RealApiBase;

    /// <summary>Every missing or malformed setting, one sentence each; none of them tells the secret.</summary>
    public IReadOnlyList<string> Problems(bool production) =>
    [
        .. Name(nameof(AppId), AppIdProblem(production)),
        .. Name(nameof(AppSecret), AppSecretProblem(production)),
        .. Name(nameof(ApiBase), production ? RealApiBaseProblem() : BaseAddress.Problem(ApiBase)),
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

    [GeneratedRegex(@"^wx[0-9a-f]{16}\z")]
    private static partial Regex WellFormedAppId();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex WellFormedAppSecret();
}
