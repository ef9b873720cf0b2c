using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pond.Platform.Storage;

/// <summary>Builds partition and row keys. User text never reaches a key: it is hashed.</summary>
/// <remarks>
/// Keys are printable ASCII, so that ordinal order is the same in every store, and hold none of the
/// characters that Azure forbids in a key or that need escaping in its URLs and filters.
/// </remarks>
public static class Keys
{
    /// <summary>Characters of a key; Azure allows 1 KiB, which is 512 characters of two bytes.</summary>
    public const int CharsMax = 512;

    /// <summary>Above every key that starts with the text before it.</summary>
    private const char PastSeparator = ';';

    private const int HashedBytes = 16;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!$()*+,-.0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <exception cref="ArgumentException">The key is empty, too long or holds a forbidden character.</exception>
    public static void Check(string key)
    {
        if (Broken(key) is { } reason) throw new ArgumentException(reason, nameof(key));
    }

    /// <summary>Why this text cannot be a key, or null.</summary>
    public static string? Broken(string key) => key switch
    {
        "" => "A key is not empty.",
        { Length: > CharsMax } => $"A key has at most {CharsMax} characters, not {key.Length}.",
        _ when key.AsSpan().ContainsAnyExcept(Allowed) =>
            "A key holds only printable ASCII without / \\ # ? % & < > \" ' ` [ ].",
        _ => null,
    };

    /// <summary>The range of all keys that start with <c>prefix:</c>.</summary>
    public static (string From, string Until) Under(string prefix) => (prefix + ":", prefix + PastSeparator);

    /// <summary>A number of fixed width, so that ordinal order is numeric order.</summary>
    /// <param name="number">0 or more.</param>
    public static string Sortable(long number, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var text = number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return text.Length == digits ? text : throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>A number of fixed width whose ordinal order is the reverse: the newest comes first.</summary>
    public static string Inverted(long number, int digits) => Sortable(PowerOfTen(digits) - 1 - number, digits);

    /// <summary>
    /// A spread, fixed-width key for any text, 128 bits of SHA-256 over the parts, each of them delimited.
    /// </summary>
    public static string Hash(params ReadOnlySpan<string> parts)
    {
        var delimited = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            delimited.Write(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(part)));
            Encoding.UTF8.GetBytes(part, delimited);
        }

        return Convert.ToHexStringLower(SHA256.HashData(delimited.WrittenSpan).AsSpan(0, HashedBytes));
    }

    private static long PowerOfTen(int digits)
    {
        var power = 1L;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }
}
