using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat.Pay;

/// <summary>WeChat Pay's signature under an answer or a notification.</summary>
public sealed partial class PaySignature
{
    /// <summary>How far its time may be from ours, that moment not included.</summary>
    public static readonly TimeSpan TimeTolerance = TimeSpan.FromMinutes(5);

    private readonly string timestamp;
    private readonly string nonce;
    private readonly byte[] signature;

    private PaySignature(string timestamp, string nonce, byte[] signature, string serial) =>
        (this.timestamp, this.nonce, this.signature, Serial) = (timestamp, nonce, signature, serial);

    /// <summary>Names the key.</summary>
    public string Serial { get; }

    /// <summary>From the four headers; null when one is missing or malformed.</summary>
    /// <remarks>
    /// Malformed are, on purpose, the signatures with which WeChat tries whether anybody looks at them:
    /// <c>WECHATPAY/SIGNTEST/…</c>.
    /// </remarks>
    public static PaySignature? Read(string? timestamp, string? nonce, string? signature, string? serial) =>
        IsLike(Digits(), timestamp) && IsLike(Word(), nonce) && IsLike(KeyName(), serial)
            && Base64Text.Bytes(signature) is { } bytes
            ? new(timestamp!, nonce!, bytes, serial!)
            : null;

    public bool IsTimely(DateTimeOffset now)
    {
        var seconds = long.Parse(timestamp, CultureInfo.InvariantCulture);
        return (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() < TimeTolerance;
    }

    /// <summary>Whether the owner of the key has signed these bytes.</summary>
    /// <param name="publicKey">As DER.</param>
    public bool Covers(ReadOnlySpan<byte> body, byte[] publicKey)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
        return RsaPool.OfPublic(publicKey).Use(
            rsa => rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static bool IsLike(Regex form, string? text) => text is not null && form.IsMatch(text);

    [GeneratedRegex(@"^[0-9]{1,11}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[!-~]{1,128}\z")]
    private static partial Regex Word();

    /// <summary>A public key's id, or the serial number of a platform certificate.</summary>
    [GeneratedRegex(@"^(PUB_KEY_ID_[0-9]{1,64}|[0-9A-F]{16,40})\z")]
    private static partial Regex KeyName();
}
