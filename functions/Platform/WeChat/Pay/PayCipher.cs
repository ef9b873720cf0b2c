using System.Security.Cryptography;
using System.Text;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Opens what WeChat Pay seals with the APIv3 key: AEAD_AES_256_GCM.</summary>
public static class PayCipher
{
    public const string Algorithm = "AEAD_AES_256_GCM";
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The plaintext of a part with algorithm, nonce, associated data and ciphertext; else null.</summary>
    public static byte[]? Open(string apiV3Key, PayJson sealedPart) => sealedPart.Text("algorithm") == Algorithm
        ? Open(
            apiV3Key,
            sealedPart.Text("nonce"),
            sealedPart.Has("associated_data") ? sealedPart.Text("associated_data") : "",
            sealedPart.Text("ciphertext"))
        : null;

    /// <param name="nonce">12 characters, which are the bytes.</param>
    /// <param name="ciphertext">Base64; the last 16 bytes are the tag.</param>
    public static byte[]? Open(string apiV3Key, string? nonce, string? associatedData, string? ciphertext)
    {
        if (nonce?.Length != NonceBytes || !Ascii.IsValid(nonce) || associatedData is null) return null;
        if (Base64Text.Bytes(ciphertext) is not { Length: >= TagBytes } bytes) return null;
        var plaintext = new byte[bytes.Length - TagBytes];
        try
        {
            using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), TagBytes);
            aes.Decrypt(
                Encoding.ASCII.GetBytes(nonce),
                bytes.AsSpan(0, plaintext.Length),
                bytes.AsSpan(plaintext.Length),
                plaintext,
                Encoding.UTF8.GetBytes(associatedData));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
