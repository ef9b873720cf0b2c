using System.Security.Cryptography;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

public sealed class SettingUpWeChatPay
{
    private static readonly Lazy<string> WeakKey = new(() => NewKey(1024));

    [Theory, InlineData(true), InlineData(false)]
    public void Good_settings_have_no_problems(bool hasPublicKey)
    {
        Assert.Empty(Options(hasPublicKey: hasPublicKey).Problems(production: true));
        Assert.Empty(Options(hasPublicKey: hasPublicKey).Problems(production: false));
    }

    [Fact]
    public void In_development_the_sample_and_this_machine_will_do() => Assert.Empty(Options(
        WeChatPayOptions.SampleMchId, WeChatPayOptions.SampleMerchantSerial, apiBase: "http://localhost:7072",
        notifyBase: "http://127.0.0.1:7071/").Problems(production: false));

    [Fact]
    public void Keys_may_be_base64_alone()
    {
        var options = Options(privateKey: Base64(PayVectors.Pem("merchant_private")));

        Assert.Empty(options.Problems(production: true));
    }

    public static TheoryData<string, string, bool> Bad => new()
    {
        { "MchId", "", false }, { "MchId", "190000000x", false }, { "MchId", "1900000001\n", false },
        { "MchId", "12345", false }, { "MchId", WeChatPayOptions.SampleMchId, true },
        { "MerchantSerial", "", false }, { "MerchantSerial", "4A5B", false },
        { "MerchantSerial", WeChatPayOptions.SampleMerchantSerial.ToLowerInvariant(), false },
        { "MerchantSerial", WeChatPayOptions.SampleMerchantSerial, true },
        { "PrivateKey", "", false }, { "PrivateKey", "hunter2", false }, { "PrivateKey", "AAAA", false },
        { "PrivateKey", PayVectors.Pem("merchant_public"), false }, { "PrivateKey", PayVectors.Pem("wechatpay_cert"), false },
        { "PrivateKey", "weak", false }, { "PrivateKey", "ec", false }, { "PrivateKey", "pkcs1", false },
        { "ApiV3Key", "", false }, { "ApiV3Key", "0123456789abcdef", false },
        { "ApiV3Key", "0123456789abcdef0123456789ABCDE茶", false }, { "ApiV3Key", "0123456789abcdef0123456789ABCDE ", false },
        { "PublicKeyId", "", false }, { "PublicKeyId", "0119000000012026010100000000000001", false },
        { "PublicKeyId", PayVectors.PlatformSerial, false },
        { "PublicKey", "", false }, { "PublicKey", "hunter2", false }, { "PublicKey", PayVectors.Pem("merchant_private"), false },
        { "ApiBase", "", false }, { "ApiBase", "http://api.mch.weixin.qq.com", false }, { "ApiBase", "https://api.mch.weixin.qq.com/v3", false },
        { "ApiBase", "http://localhost:7072", true }, { "ApiBase", "https://api.mch.weixin.qq.com.example.com", true },
        { "NotifyBase", "", false }, { "NotifyBase", "api.example.com", false }, { "NotifyBase", "http://api.example.com", false },
        { "NotifyBase", "https://api.example.com/notify", false }, { "NotifyBase", "https://api.example.com/?a=b", false },
        { "NotifyBase", "https://api.example.com?a=b", false }, { "NotifyBase", "https://user@api.example.com", false },
        { "NotifyBase", "ftp://localhost", false }, { "NotifyBase", "http://localhost:7071", true }, { "NotifyBase", "https://localhost", true },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_setting_is_named(string setting, string value, bool production)
    {
        value = value switch
        {
            "weak" => WeakKey.Value,
            "ec" => Curve(),
            "pkcs1" => PayVectors.Rsa("merchant_private").ExportRSAPrivateKeyPem(),
            _ => value,
        };
        var options = setting switch
        {
            "MchId" => Options(mchId: value),
            "MerchantSerial" => Options(serial: value),
            "PrivateKey" => Options(privateKey: value),
            "ApiV3Key" => Options(apiV3Key: value),
            "PublicKeyId" => Options(publicKeyId: value),
            "PublicKey" => Options(publicKey: value),
            "ApiBase" => Options(apiBase: value),
            _ => Options(notifyBase: value),
        };

        var problem = Assert.Single(options.Problems(production));

        Assert.StartsWith($"WeChatPay:{setting} ", problem, StringComparison.Ordinal);
        if (value.Length > 0) Assert.DoesNotContain(value, problem);
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var problems = new WeChatPayOptions { ApiBase = "", PublicKey = "hunter2" }.Problems(production: true);

        Assert.Equal(
            ["MchId", "MerchantSerial", "PrivateKey", "ApiV3Key", "PublicKeyId", "PublicKey", "ApiBase", "NotifyBase"],
            problems.Select(problem => problem.Split(' ')[0]["WeChatPay:".Length..]));
        Assert.DoesNotContain(problems, problem => problem.Contains("hunter2", StringComparison.Ordinal));
    }

    private static WeChatPayOptions Options(
        string mchId = "1900000109",
        string serial = "0123456789ABCDEF0123456789ABCDEF01234567",
        string? privateKey = null,
        string? apiV3Key = null,
        string? publicKeyId = null,
        string? publicKey = null,
        string apiBase = WeChatPayOptions.RealApiBase,
        string notifyBase = "https://api.example.com",
        bool hasPublicKey = true) => new()
        {
            MchId = mchId,
            MerchantSerial = serial,
            PrivateKey = privateKey ?? PayVectors.Pem("merchant_private"),
            ApiV3Key = apiV3Key ?? PayVectors.ApiV3Key,
            PublicKeyId = publicKeyId ?? (hasPublicKey ? PayVectors.PublicKeyId : ""),
            PublicKey = publicKey ?? (hasPublicKey ? PayVectors.Pem("wechatpay_public") : ""),
            ApiBase = apiBase,
            NotifyBase = notifyBase,
        };

    private static string Base64(string pem) => string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));

    private static string NewKey(int bits)
    {
#pragma warning disable CA5385 // that it is too weak is the point
        using var rsa = RSA.Create(bits);
#pragma warning restore CA5385
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string Curve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
