namespace Pond.Promotions;

/// <summary>A slice whose things can be parts of promotions. Each registers one for each kind.</summary>
public interface IPromotable
{
    PartKind Kind { get; }

    /// <summary>The thing as it is now, or null when there is none of that id, or it is no id.</summary>
    Task<PartLook?> Find(string id, CancellationToken cancel);
}

/// <summary>What a promotion has to know of a part.</summary>
/// <param name="PromotionId">To which it says that it belongs; null for none.</param>
/// <param name="IsPublished">Its terms stay as they are from now on.</param>
/// <param name="SkuIds">Goods that it names; none when it is good for more.</param>
/// <param name="Stock">Coupons or pieces that there are in all; null where nothing limits them.</param>
/// <param name="MostFen">What one takes off at most; null when that depends on the cart.</param>
public sealed record PartLook(
    string Name,
    string? PromotionId,
    bool IsPublished,
    IReadOnlyList<string> SkuIds,
    int? Stock,
    long? MostFen);
