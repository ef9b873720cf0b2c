using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>AEAD_AES_256_GCM, as notifications and certificates are sealed.</summary>
internal static class PaySealing
{
    public const string Algorithm = "AEAD_AES_256_GCM";

    private const int TagBytes = 16;
    private const int NonceChars = 12;

    public static SealedText Seal(string apiV3Key, string text, string associatedData)
    {
        var nonce = RandomNumberGenerator.GetHexString(NonceChars, lowercase: true);
        var plain = Encoding.UTF8.GetBytes(text);
        var cipher = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), TagBytes);
        aes.Encrypt(
            Encoding.ASCII.GetBytes(nonce),
            plain,
            cipher.AsSpan(0, plain.Length),
            cipher.AsSpan(plain.Length),
            Encoding.UTF8.GetBytes(associatedData));
        return new(nonce, associatedData, Convert.ToBase64String(cipher));
    }
}

internal sealed record SealedText(string Nonce, string AssociatedData, string CipherText);
