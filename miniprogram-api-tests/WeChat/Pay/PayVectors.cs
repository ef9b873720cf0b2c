using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>What others have computed: keys, messages, and the signatures and ciphertexts that belong to them.</summary>
internal static class PayVectors
{
    private const string Folder = "miniprogram-api-tests/WeChat/Pay/Vectors/";

    /// <summary>The moment at which all of them were signed.</summary>
    public static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    public static JsonElement Own { get; } = Json("own.json");

    public static JsonElement Official { get; } = Json("official.json");

    public static string MchId { get; } = Own.GetProperty("merchant").GetProperty("mchid").GetString()!;

    public static string MerchantSerial { get; } = Own.GetProperty("merchant").GetProperty("serial_no").GetString()!;

    public static string PlatformSerial { get; } =
        Own.GetProperty("wechatpay").GetProperty("platform_serial").GetString()!;

    public static string PublicKeyId { get; } =
        Own.GetProperty("wechatpay").GetProperty("public_key_id").GetString()!;

    public static string ApiV3Key { get; } = Own.GetProperty("apiv3_key").GetString()!;

    public static string AppId { get; } = Own.GetProperty("appid").GetString()!;

    /// <summary>A merchant with the keys of the vectors.</summary>
    public static WeChatPayOptions Options(bool hasPublicKey) => new()
    {
        MchId = MchId,
        MerchantSerial = MerchantSerial,
        PrivateKey = Pem("merchant_private"),
        ApiV3Key = ApiV3Key,
        PublicKeyId = hasPublicKey ? PublicKeyId : "",
        PublicKey = hasPublicKey ? Pem("wechatpay_public") : "",
        ApiBase = WeChatPayOptions.RealApiBase,
        NotifyBase = "https://api.example.com",
    };

    /// <summary>WeChat Pay with the key of the vectors.</summary>
    public static PayPlatform Platform(string serial) => new(Rsa("wechatpay_private"), serial, ApiV3Key);

    public static string Pem(string name) => SourceTree.Text($"{Folder}{name}.pem");

    public static RSA Rsa(string name)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(Pem(name));
        return rsa;
    }

    public static IEnumerable<JsonElement> OfKind(string kind) =>
        Own.GetProperty("vectors").EnumerateArray().Where(each => each.GetProperty("kind").GetString() == kind);

    public static JsonElement Named(string name) =>
        Own.GetProperty("vectors").EnumerateArray().Single(each => each.GetProperty("name").GetString() == name);

    /// <summary>A notification as it arrives.</summary>
    public static PayNotification Notification(string name)
    {
        var vector = Named(name);
        var headers = vector.GetProperty("headers");
        return new(
            headers.GetProperty("Wechatpay-Timestamp").GetString(),
            headers.GetProperty("Wechatpay-Nonce").GetString(),
            headers.GetProperty("Wechatpay-Signature").GetString(),
            headers.GetProperty("Wechatpay-Serial").GetString(),
            Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!));
    }

    private static JsonElement Json(string file) =>
        JsonSerializer.Deserialize<JsonElement>(SourceTree.Text(Folder + file));
}
