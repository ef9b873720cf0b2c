using Pond.Platform;

namespace Pond.Coupons;

/// <summary>
/// Ids of coupons sort by the end of their validity, so that a wallet lists first what ends first and skips what has
/// ended.
/// </summary>
public static class CouponIds
{
    private const int TimeChars = 7; // 35 bits of minutes: enough for 65,000 years
    private const int BitsPerChar = 5;

    /// <summary>An id of the usual form: the minute of expiry, then the random rest of the seed.</summary>
    public static string Of(DateTimeOffset validUntil, string seed) => From(validUntil) + seed[TimeChars..];

    /// <summary>
    /// Below every coupon that is valid until the instant or later, above those that ended in an earlier minute.
    /// </summary>
    public static string From(DateTimeOffset instant)
    {
        var minutes = instant.ToUnixTimeSeconds() / 60;
        return string.Create(TimeChars, minutes, (text, rest) =>
        {
            for (var i = TimeChars - 1; i >= 0; i--, rest >>= BitsPerChar)
                text[i] = Ids.Alphabet[(int)(rest & ((1 << BitsPerChar) - 1))];
        });
    }
}
