using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The merchant that the sandbox keeps an account for, as WeChat Pay knows them.</summary>
/// <param name="Serial">Of their API certificate: 40 hexadecimal digits.</param>
/// <param name="PublicKey">Of the same: base64 of the DER bytes.</param>
/// <param name="ApiV3Key">32 ASCII characters, known to both sides.</param>
public sealed record SandboxMerchant(string MchId, string Serial, string PublicKey, string ApiV3Key)
{
    /// <summary>An import takes longer than a look at a signature.</summary>
    private static readonly ConditionalWeakTable<string, RSA> Verifiers = [];

    /// <summary>The account whose other half has this private key.</summary>
    /// <param name="privateKey">PKCS#8: base64 of the DER bytes, or PEM.</param>
    public static SandboxMerchant Of(string mchId, string serial, string privateKey, string apiV3Key)
    {
        using var key = RSA.Create();
        if (privateKey.StartsWith("-----", StringComparison.Ordinal))
            key.ImportFromPem(privateKey);
        else
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return new(mchId, serial, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), apiV3Key);
    }

    /// <summary>Whether the signature is theirs.</summary>
    internal bool HasSigned(byte[] message, ReadOnlySpan<byte> signature)
    {
        var key = Verifiers.GetValue(PublicKey, Imported);
        lock (key) return key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static RSA Imported(string publicKey)
    {
        var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key;
    }

    /// <summary>From the section <c>WeChatPay</c>; null where it does not name a whole account.</summary>
    internal static SandboxMerchant? From(IConfiguration configuration)
    {
        var pay = configuration.GetSection("WeChatPay");
        string?[] values = [pay["MchId"], pay["MerchantSerial"], pay["PrivateKey"], pay["ApiV3Key"]];
        return values.Any(string.IsNullOrEmpty) ? null : Of(values[0]!, values[1]!, values[2]!, values[3]!);
    }
}
