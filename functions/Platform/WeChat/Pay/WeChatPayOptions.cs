namespace Pond.Platform.WeChat.Pay;

/// <summary>The settings of the section <c>WeChatPay</c>: the merchant's account at WeChat Pay (APIv3).</summary>
public sealed class WeChatPayOptions
{
    public const string Section = "WeChatPay";

    /// <summary>The one address of the real service.</summary>
    public const string RealApiBase = "https://api.mch.weixin.qq.com";

    /// <summary>The merchant's number.</summary>
    public string MchId { get; init; } = "";

    /// <summary>Serial number of the merchant's API certificate: 40 hexadecimal digits.</summary>
    public string MerchantSerial { get; init; } = "";

    /// <summary>The merchant's private key: PKCS#8, base64 of the DER bytes, or PEM. Signs requests and paySign.</summary>
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

    /// <summary>Every missing or malformed setting, one sentence each; none of them tells a secret.</summary>
    public IReadOnlyList<string> Problems(bool production) => production && MchId.Length == 0 ? [$"{Section}:MchId is missing."] : [];
}
