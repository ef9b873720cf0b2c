using System.Security.Cryptography;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests;

/// <summary>The merchant of tests, with a key made once in a process.</summary>
internal static class MerchantAccount
{
    public const string MchId = "1900000001";
    public const string Serial = "4A5B6C7D8E9F00112233445566778899AABBCCDD";
    public const string ApiV3Key = "0123456789abcdef0123456789ABCDEF";

    private const int KeyBits = 2048;

    private static readonly Lazy<string> Key = new(NewKey);
    private static readonly Lazy<SandboxMerchant> Account = new(() => SandboxMerchant.Of(MchId, Serial, Key.Value, ApiV3Key));

    /// <summary>PKCS#8: base64 of the DER bytes.</summary>
    public static string PrivateKey => Key.Value;

    /// <summary>What WeChat knows of it.</summary>
    public static SandboxMerchant AtWeChat => Account.Value;

    private static string NewKey()
    {
        using var key = RSA.Create(KeyBits);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}
