using Pond.Platform.Storage;
using Pond.Shares;

namespace Pond.Products;

/// <summary>INV-03: products, as those see them with whom they are shared.</summary>
public sealed class ShareableProducts(PartitionStore store) : IShareable
{
    public ShareKind Kind => ShareKind.Product;

    public async Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel)
    {
        var product = GoodsIdAttribute.IsGoodsId(id) ? await ProductRows.Find(store, id, cancel) : null;
        return product is { State: ProductState.OnSale, Terms: var terms }
            ? new ShareObject(terms.Title, terms.ImageUrls is [var first, ..] ? first : null, WhyNot: null)
            : null;
    }
}
