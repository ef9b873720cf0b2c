using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pond.Members;
using Pond.Platform;

namespace Pond.Pricing;

/// <summary>PRC-05: tokens that say what was priced for whom, and until when. Nothing of them is stored.</summary>
/// <remarks>
/// A token is <c>{end}.{digest}.{seal}</c>: the digest of everything that the price hangs on and of the price, and a
/// seal over member, end and digest. Both are keyed, so that nobody makes one, or tries out what is in one.
/// </remarks>
public sealed class QuoteTokens(KeyedHashes hashes, TimeProvider clock)
{
    /// <summary>How long a quote lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string DigestPurpose = "quote-digest";
    private const string SealPurpose = "quote-seal";

    /// <summary>A token for a price that was reckoned now.</summary>
    /// <param name="basis">The request, the versions of the rules that count, and the price.</param>
    internal (string Token, DateTimeOffset ExpiresAt) Issue(string memberId, object basis)
    {
        var end = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var digest = Base64Url.EncodeToString(hashes.Of(DigestPurpose, Stored.Write(basis)));
        return (
            string.Create(CultureInfo.InvariantCulture, $"{end}.{digest}.{Seal(memberId, end, digest)}"),
            DateTimeOffset.FromUnixTimeSeconds(end));
    }

    /// <summary>Whether a token is ours, the member's, not over, and for the same as another one.</summary>
    internal bool Holds(string token, string memberId, string same)
    {
        if (Parse(token) is not { } given || Parse(same) is not { } now) return false;
        var isSealed = AreEqual(given.Seal, Seal(memberId, given.End, given.Digest));
        return isSealed && AreEqual(given.Digest, now.Digest) && clock.GetUtcNow().ToUnixTimeSeconds() < given.End;
    }

    private string Seal(string memberId, long end, string digest) => Base64Url.EncodeToString(hashes.Of(
        SealPurpose, string.Create(CultureInfo.InvariantCulture, $"{memberId}|{end}|{digest}")));

    private static (long End, string Digest, string Seal)? Parse(string token) =>
        token.Split('.') is [var end, var digest, var seal]
        && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (seconds, digest, seal)
            : null;

    private static bool AreEqual(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
