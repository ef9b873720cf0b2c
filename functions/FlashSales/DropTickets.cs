using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pond.Members;

namespace Pond.FlashSales;

/// <summary>FLS-01: tickets with which a member may claim in a rush for a moment. Nothing of them is stored.</summary>
/// <remarks>
/// A ticket is <c>{end}.{taker}.{seal}</c>. The keyed seal is over sale, member, end and taker, so one who holds no
/// ticket of their own is turned away before any row is read, and the taker need not be looked up in the rush.
/// </remarks>
public sealed class DropTickets(KeyedHashes hashes, TimeProvider clock)
{
    /// <summary>How long a ticket lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>How long before the start tickets are given.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(10);

    private const string Purpose = "flash-sale-ticket";

    internal (string Ticket, DateTimeOffset ExpiresAt) Issue(string flashSaleId, string memberId, string taker)
    {
        var end = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return (
            string.Create(CultureInfo.InvariantCulture, $"{end}.{taker}.{Seal(flashSaleId, memberId, end, taker)}"),
            DateTimeOffset.FromUnixTimeSeconds(end));
    }

    /// <summary>
    /// The taker that a ticket names; null when it is not ours, not the member's, for another sale, or over.
    /// </summary>
    internal string? TakerOf(string? ticket, string flashSaleId, string memberId) =>
        ticket?.Split('.') is [var end, var taker, var seal]
        && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && clock.GetUtcNow().ToUnixTimeSeconds() < seconds
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(flashSaleId, memberId, seconds, taker)))
            ? taker
            : null;

    private string Seal(string flashSaleId, string memberId, long end, string taker) =>
        Base64Url.EncodeToString(hashes.Of(
            Purpose, string.Create(CultureInfo.InvariantCulture, $"{flashSaleId}|{memberId}|{end}|{taker}")));
}
