using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pond.Platform.WeChat;

/// <summary>Tells what WeChat has pushed from what others have made up.</summary>
/// <remarks>Source: developers.weixin.qq.com, 消息推送: signatures are SHA-1 over the sorted texts.</remarks>
public sealed class WeChatPushes(WeChatOptions options, TimeProvider clock)
{
    /// <summary>Bytes of a body.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>What is older was sent by somebody who has kept it.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    /// <summary>Whether WeChat is to push anything.</summary>
    public bool IsOn => options.PushToken.Length > 0;

    /// <summary>Whether it is WeChat that asks whether this is the address.</summary>
    public bool IsOurs(PushSigns signs) =>
        IsFresh(signs.Timestamp) && IsSigned(signs.Signature, signs.Timestamp!, signs.Nonce ?? "");

    /// <summary>What was pushed, or null when WeChat has not pushed it, or nothing that is known.</summary>
    /// <remarks>Where there is a key, what is not encrypted is refused: no signature covers a plain body.</remarks>
    public WeChatPush? Read(PushSigns signs, ReadOnlyMemory<byte> body)
    {
        if (!IsFresh(signs.Timestamp)) return null;
        if (options.PushAesKey.Length == 0)
            return IsSigned(signs.Signature, signs.Timestamp!, signs.Nonce ?? "") ? PushReader.Event(body) : null;

        if (PushReader.Encrypted(body) is not { } encrypted
            || !IsSigned(signs.MsgSignature, signs.Timestamp!, signs.Nonce ?? "", encrypted))
            return null;
        var plain = Open(encrypted, options.PushAesKey) ?? Open(encrypted, options.PreviousPushAesKey);
        return plain is null ? null : PushReader.Event(plain);
    }

    private byte[]? Open(string encrypted, string key) =>
        key.Length == 0 ? null : PushCipher.Open(encrypted, key, options.AppId);

    private bool IsFresh(string? timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= AgeMax;

    private bool IsSigned(string? signature, params ReadOnlySpan<string> parts)
    {
        string[] sorted = [options.PushToken, .. parts];
        Array.Sort(sorted, StringComparer.Ordinal);
#pragma warning disable CA5350 // WeChat signs by SHA-1 and by nothing else
        var right = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(sorted))));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(signature ?? ""));
    }
}

/// <summary>What stands in the address of a push.</summary>
/// <param name="MsgSignature">Of an encrypted body.</param>
public sealed record PushSigns(string? Signature, string? MsgSignature, string? Timestamp, string? Nonce);
