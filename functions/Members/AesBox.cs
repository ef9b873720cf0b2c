using System.Security.Cryptography;
using System.Text;

namespace Pond.Members;

/// <summary>AES-256-GCM (NIST SP 800-38D): nonce, ciphertext and tag in one base64 text.</summary>
internal static class AesBox
{
    public const int KeyBytes = 32;
    public const int NonceBytes = 12;

    private const int TagBytes = 16;

    /// <param name="nonce">Never used before with this key; random ones do for far more writes than a profile sees.</param>
    /// <param name="context">Opens only together with the same.</param>
    public static string Seal(byte[] key, byte[] nonce, byte[] plain, string context)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes].AsSpan();
        nonce.CopyTo(box);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box[NonceBytes..^TagBytes], box[^TagBytes..], Encoding.UTF8.GetBytes(context));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">Another key, another context, or not what was sealed.</exception>
    public static byte[] Open(byte[] key, string text, string context)
    {
        var box = Convert.FromBase64String(text).AsSpan();
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, Encoding.UTF8.GetBytes(context));
        return plain;
    }
}
