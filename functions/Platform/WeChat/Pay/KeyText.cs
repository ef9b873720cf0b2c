using System.Security.Cryptography;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Reads keys as settings hold them: base64 of the DER bytes, or PEM.</summary>
public static class KeyText
{
    /// <summary>WeChat Pay signs with RSA of so many bits, and takes no fewer.</summary>
    public const int BitsMin = 2048;

    /// <summary>A PKCS#8 private key for RSA, as DER; null when it is none, or a weak one.</summary>
    public static byte[]? PrivateKey(string text) => Der(text, "PRIVATE KEY") is { } der
        && IsStrong(rsa => rsa.ImportPkcs8PrivateKey(der, out _)) ? der : null;

    /// <summary>A public key for RSA, as DER; null when it is none, or a weak one.</summary>
    public static byte[]? PublicKey(string text) => Der(text, "PUBLIC KEY") is { } der
        && IsStrong(rsa => rsa.ImportSubjectPublicKeyInfo(der, out _)) ? der : null;

    private static byte[]? Der(string text, string label)
    {
        var base64 = text.AsSpan();
        if (PemEncoding.TryFind(text, out var pem))
        {
            if (!base64[pem.Label].SequenceEqual(label)) return null;
            base64 = base64[pem.Base64Data];
        }

        var der = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64, der, out var length) ? der[..length] : null;
    }

    private static bool IsStrong(Action<RSA> import)
    {
        try
        {
            using var rsa = RSA.Create();
            import(rsa);
            return rsa.KeySize >= BitsMin;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
