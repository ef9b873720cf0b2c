using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>WeChat Pay's side of the keys: signs, and seals for one merchant.</summary>
/// <param name="key">With the private half.</param>
/// <param name="serial">How the key is called: a certificate's serial number, or a public key's id.</param>
internal sealed class PayPlatform(RSA key, string serial, string apiV3Key)
{
    private const int TagBytes = 16;

    public string Serial => serial;

    public RSA Key => key;

    /// <summary>The same key under another name.</summary>
    public PayPlatform Named(string otherSerial) => new(key, otherSerial, apiV3Key);

    /// <summary>A notification of these bytes.</summary>
    public PayNotification Sign(byte[] body, DateTimeOffset at, string nonce = "593BEC0C930BF1AFEB40B4A08C8FB242")
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new(timestamp, nonce, Signature(timestamp, nonce, body), serial, body);
    }

    public string Signature(string timestamp, string nonce, byte[] body) => Convert.ToBase64String(key.SignData(
        Message(timestamp, nonce, body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static byte[] Message(string timestamp, string nonce, byte[] body) =>
        [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    /// <summary>A notification with that content, as WeChat wraps it.</summary>
    public PayNotification Notify(string eventType, JsonNode content, DateTimeOffset at)
    {
        var type = eventType.StartsWith("REFUND.", StringComparison.Ordinal) ? "refund" : "transaction";
        var envelope = new JsonObject
        {
            ["id"] = "EV-2026010100000000001",
            ["create_time"] = "2026-01-01T08:00:01+08:00",
            ["resource_type"] = "encrypt-resource",
            ["event_type"] = eventType,
            ["summary"] = "支付成功",
            ["resource"] = Seal(Bytes(content), type, type),
        };
        return Sign(Bytes(envelope), at);
    }

    /// <summary>A part that only the merchant can open.</summary>
    public JsonObject Seal(byte[] plaintext, string associatedData, string? originalType = null)
    {
        const string nonce = "fdasflkja484";
        var (cipher, tag) = (new byte[plaintext.Length], new byte[TagBytes]);
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), TagBytes);
        aes.Encrypt(Encoding.ASCII.GetBytes(nonce), plaintext, cipher, tag, Encoding.UTF8.GetBytes(associatedData));
        var part = new JsonObject
        {
            ["algorithm"] = "AEAD_AES_256_GCM",
            ["ciphertext"] = Convert.ToBase64String([.. cipher, .. tag]),
            ["associated_data"] = associatedData,
            ["nonce"] = nonce,
        };
        if (originalType is not null) part["original_type"] = originalType;
        return part;
    }

    /// <summary>What a notification of this platform holds.</summary>
    public JsonObject Opened(JsonNode resource)
    {
        var bytes = Convert.FromBase64String((string)resource["ciphertext"]!);
        var plaintext = new byte[bytes.Length - TagBytes];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), TagBytes);
        aes.Decrypt(
            Encoding.ASCII.GetBytes((string)resource["nonce"]!),
            bytes.AsSpan(0, plaintext.Length),
            bytes.AsSpan(plaintext.Length),
            plaintext,
            Encoding.UTF8.GetBytes((string)resource["associated_data"]!));
        return JsonNode.Parse(plaintext)!.AsObject();
    }

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
