using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat.Pay;

/// <summary>The settings of the section <c>WeChatPay</c>: the merchant's account at WeChat Pay (APIv3).</summary>
public sealed partial class WeChatPayOptions
{
    public const string Section = "WeChatPay";

    /// <summary>The one address of the real service.</summary>
    public const string RealApiBase = "https://api.mch.weixin.qq.com";

    /// <summary>What the sample settings hold; production refuses it.</summary>
    public const string SampleMchId = "1900000001";

    /// <summary>What the sample settings hold; production refuses it.</summary>
    public const string SampleMerchantSerial = "4A5B6C7D8E9F00112233445566778899AABBCCDD";

    /// <summary>The merchant's number.</summary>
    public string MchId { get; init; } = "";

    /// <summary>Serial number of the merchant's API certificate: 40 hexadecimal digits.</summary>
    public string MerchantSerial { get; init; } = "";

    /// <summary>The merchant's private key: PKCS#8, base64 of the DER bytes, or PEM. Signs all that is asked.</summary>
    public string PrivateKey { get; init; } = "";

    /// <summary>32 ASCII characters: opens notifications and certificates.</summary>
    public string ApiV3Key { get; init; } = "";

    /// <summary>Such as <c>PUB_KEY_ID_0119…</c>; empty for merchants who verify with platform certificates.</summary>
    public string PublicKeyId { get; init; } = "";

    /// <summary>The public key of that id: base64 of the DER bytes, or PEM.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>Scheme, host and port, nothing more. Development points it at the sandbox.</summary>
    public string ApiBase { get; init; } = RealApiBase;

    /// <summary>Where WeChat reaches this app: scheme, host and port, https but to this machine.</summary>
    public string NotifyBase { get; init; } = "";

    /// <summary>Null when the setting holds none that can be used.</summary>
    internal byte[]? PrivateKeyDer => field ??= KeyText.PrivateKey(PrivateKey);

    /// <summary>Null when the setting holds none that can be used.</summary>
    internal byte[]? PublicKeyDer => field ??= KeyText.PublicKey(PublicKey);

    /// <summary>Every missing or malformed setting, one sentence each; none of them tells a secret.</summary>
    public IReadOnlyList<string> Problems(bool production) =>
    [
        .. Name(nameof(MchId), MchIdProblem(production)),
        .. Name(nameof(MerchantSerial), MerchantSerialProblem(production)),
        .. Name(nameof(PrivateKey), PrivateKeyProblem()),
        .. Name(nameof(ApiV3Key), ApiV3KeyProblem()),
        .. Name(nameof(PublicKeyId), PublicKeyIdProblem()),
        .. Name(nameof(PublicKey), PublicKeyProblem()),
        .. Name(nameof(ApiBase), production ? RealApiBaseProblem() : BaseAddress.Problem(ApiBase)),
        .. Name(nameof(NotifyBase), NotifyBaseProblem(production)),
    ];

    private static IEnumerable<string> Name(string setting, string? problem) =>
        problem is null ? [] : [$"{Section}:{setting} {problem}."];

    private string? MchIdProblem(bool production) => MchId switch
    {
        "" => "is missing",
        SampleMchId when production => "is still the sample's",
        _ => WellFormedMchId().IsMatch(MchId) ? null : "must be 8 … 10 digits",
    };

    private string? MerchantSerialProblem(bool production) => MerchantSerial switch
    {
        "" => "is missing",
        SampleMerchantSerial when production => "is still the sample's",
        _ => WellFormedSerial().IsMatch(MerchantSerial) ? null : "must be 40 hexadecimal digits, in upper case",
    };

    private string? PrivateKeyProblem()
    {
        if (PrivateKey.Length == 0) return "is missing";
        return PrivateKeyDer is null
            ? $"must be a PKCS#8 private key for RSA of {KeyText.BitsMin} bits or more, as PEM or base64"
            : null;
    }

    private string? ApiV3KeyProblem()
    {
        if (ApiV3Key.Length == 0) return "is missing";
        return WellFormedApiV3Key().IsMatch(ApiV3Key) ? null : "must be 32 ASCII characters";
    }

    private string? PublicKeyIdProblem()
    {
        if (PublicKeyId.Length == 0) return PublicKey.Length == 0 ? null : "is missing, as there is a PublicKey";
        return WellFormedPublicKeyId().IsMatch(PublicKeyId) ? null : "must be PUB_KEY_ID_ and digits";
    }

    private string? PublicKeyProblem()
    {
        if (PublicKey.Length == 0) return PublicKeyId.Length == 0 ? null : "is missing, as there is a PublicKeyId";
        return PublicKeyDer is null
            ? $"must be a public key for RSA of {KeyText.BitsMin} bits or more, as PEM or base64"
            : null;
    }

    private string? RealApiBaseProblem() => ApiBase == RealApiBase ? null : $"must be {RealApiBase} in production";

    private string? NotifyBaseProblem(bool production) => BaseAddress.Problem(NotifyBase)
        ?? (production && new Uri(NotifyBase) is { Scheme: var scheme, IsLoopback: var isLoopback }
            && (scheme != Uri.UriSchemeHttps || isLoopback)
            ? "must be https in production, where WeChat reaches it"
            : null);

    [GeneratedRegex(@"^[0-9]{8,10}\z")]
    private static partial Regex WellFormedMchId();

    [GeneratedRegex(@"^[0-9A-F]{40}\z")]
    private static partial Regex WellFormedSerial();

    [GeneratedRegex(@"^[!-~]{32}\z")]
    private static partial Regex WellFormedApiV3Key();

    [GeneratedRegex(@"^PUB_KEY_ID_[0-9]{1,64}\z")]
    private static partial Regex WellFormedPublicKeyId();
}
