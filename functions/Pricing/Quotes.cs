using Pond.Platform.Http;
using Pond.Products;

namespace Pond.Pricing;

/// <summary>What a shopper is about to order.</summary>
public record QuoteRequest
{
    /// <summary>Lines of one order.</summary>
    public const int LinesMax = 50;

    /// <summary>Coupons that may be asked for: one for goods and one for freight can be used.</summary>
    public const int CouponsMax = 10;

    /// <summary>Pieces of one line.</summary>
    public const int QuantityMax = 999;

    /// <summary>One for each SKU.</summary>
    [Items(1, LinesMax)]
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    /// <summary>Coupons to use; null lets the best be chosen, an empty list uses none.</summary>
    [IdList(0, CouponsMax)]
    public IReadOnlyList<string>? CouponIds { get; init; }

    /// <summary>Points to spend at most; what cannot be used is left. 0 spends none.</summary>
    [Whole(0, 1_000_000_000)]
    public long Points { get; init; }

    /// <summary>Where to send it, of the member's addresses; null for what needs no sending.</summary>
    [Text(1, 64)]
    public string? AddressId { get; init; }
}

/// <summary>One wish of a cart.</summary>
public sealed record QuoteLine
{
    [GoodsId]
    public required string SkuId { get; init; }

    [Whole(1, QuoteRequest.QuantityMax)]
    public required int Quantity { get; init; }
}

/// <summary>PRC-05: a price that holds until its token ends, as long as nothing changes that it hangs on.</summary>
/// <param name="Token">To be presented with the order.</param>
/// <param name="ProvinceCode">
/// Where it goes: the first two digits of the division code (GB/T 2260); null for nowhere.
/// </param>
public sealed record Quote(PricedCart Cart, string Token, DateTimeOffset ExpiresAt, string? ProvinceCode);
