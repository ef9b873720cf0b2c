using System.Security.Cryptography;

#pragma warning disable RS0030 // this is the place that draws

namespace Pond.Platform;

/// <summary>Draws ids and secrets; the only place that does. A rule gets them as values.</summary>
public class Ids
{
    /// <summary>Characters of an id.</summary>
    public const int IdChars = 26;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's: no i, l, o, u

    /// <summary>A random id of 128 bits, 26 characters of lower-case base 32: evenly spread, so fit to start a partition key.</summary>
    public virtual string Next() => RandomNumberGenerator.GetString(Alphabet, IdChars);

    /// <summary>A secret of 256 bits, in base64url.</summary>
    public virtual string NextSecret() =>
        System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
