using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>What a shopper was quoted, and wants to order at that price.</summary>
public sealed record PlaceOrderRequest : QuoteRequest
{
    /// <summary>Characters of a quote's token.</summary>
    public const int TokenCharsMax = 256;

    private const int NoteCharsMax = 100;

    /// <summary>Of the quote that the shopper has agreed to.</summary>
    [Text(1, TokenCharsMax)]
    public required string QuoteToken { get; init; }

    /// <summary>For whoever packs it; null for nothing. Kept with the address.</summary>
    [Text(1, NoteCharsMax)]
    public string? Note { get; init; }

    /// <summary>What it is a quote of.</summary>
    internal QuoteRequest Quoted() =>
        new() { Lines = Lines, CouponIds = CouponIds, Points = Points, AddressId = AddressId };
}
