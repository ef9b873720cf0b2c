using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pond.Platform.WeChat;

/// <summary>Opens what WeChat has encrypted for the message push.</summary>
/// <remarks>
/// Source: developers.weixin.qq.com, 消息推送, 消息加解密: AES-256-CBC, of which the IV is the key's first half, over 16
/// random bytes, the length as four bytes, the message and the appid, filled up to blocks of 32 bytes.
/// </remarks>
internal static class PushCipher
{
    private const int BlockBytes = 32;
    private const int AesBlockBytes = 16;
    private const int RandomBytes = 16;
    private const int LengthBytes = 4;

    /// <summary>The message, or null when this key does not open it or it is another app's.</summary>
    /// <param name="encodingAesKey">43 letters and digits.</param>
    public static byte[]? Open(string encrypted, string encodingAesKey, string appId)
    {
        var cipher = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, cipher, out var length)) return null;
        if (length == 0 || length % AesBlockBytes != 0) return null;

        var key = Convert.FromBase64String(encodingAesKey + "=");
        using var aes = Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptCbc(cipher.AsSpan(0, length), key.AsSpan(0, AesBlockBytes), PaddingMode.None);
        return Message(plain, appId);
    }

    // .NET knows the padding for blocks of 16 bytes only, and takes more for an error.
    private static byte[]? Message(byte[] plain, string appId)
    {
        int pad = plain[^1];
        if (pad is < 1 or > BlockBytes || pad > plain.Length) return null;
        if (plain.AsSpan(plain.Length - pad).ContainsAnyExcept((byte)pad)) return null;

        var content = plain.AsSpan(0, plain.Length - pad);
        if (content.Length < RandomBytes + LengthBytes) return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(content[RandomBytes..]);
        var rest = content[(RandomBytes + LengthBytes)..];
        if (length > rest.Length) return null;
        var message = rest[..(int)length];
        return Encoding.UTF8.GetString(rest[(int)length..]) == appId ? message.ToArray() : null;
    }
}
