using System.Buffers;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable RS0030 // this is the place that draws

namespace Pond.Platform;

/// <summary>Draws ids and secrets; the only place that does. A rule gets them as values.</summary>
public class Ids
{
    /// <summary>Characters of an id.</summary>
    public const int IdChars = 26;

    /// <summary>Crockford base 32 without i, l, o and u; it sorts by value.</summary>
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly SearchValues<char> AlphabetSet = SearchValues.Create(Alphabet);

    /// <summary>
    /// A random id of 128 bits, 26 characters of lower-case base 32: evenly spread, so fit to start a partition key.
    /// </summary>
    public virtual string Next() => RandomNumberGenerator.GetString(Alphabet, IdChars);

    /// <summary>A secret of 256 bits, in base64url.</summary>
    public virtual string NextSecret() =>
        System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Random bytes for keys and nonces.</summary>
    public virtual byte[] NextBytes(int count) => RandomNumberGenerator.GetBytes(count);

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsId(string? text) =>
        text?.Length == IdChars && !text.AsSpan().ContainsAnyExcept(AlphabetSet);

    /// <summary>The id that a text always leads to.</summary>
    public static string From(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(IdChars, hash, (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++) id[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }
}
