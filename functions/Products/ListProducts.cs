using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>
/// PRD-05: what is on sale, the newest first, of all categories or of one. The list follows a change a moment later,
/// and a page may hold fewer items than asked for; the product itself tells what holds now.
/// </summary>
public sealed class ListProducts(PartitionStore store)
{
    private const string CategoryParameter = "categoryId";

    [Function(nameof(ListProducts))]
    [Caller(CallerKind.Anyone), Paged]
    [EndpointSummary("在售商品"), Tags("商品")]
    [EndpointDescription("可用查询参数 categoryId 只看一个分类。")]
    [ProducesResponseType<Listing<OfferedProductResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products")] HttpRequest request,
        CancellationToken cancel)
    {
        var category = request.Query[CategoryParameter];
        if (category.Count > 0 && (category.Count > 1 || !GoodsIdAttribute.IsGoodsId(category[0])))
            return Answers.Problem(ProductRefusals.BadCategory);

        var categoryId = category.FirstOrDefault();
        var (from, until) = Keys.Under(categoryId is null ? ProductCards.Prefix : ProductCards.PrefixOf(categoryId));
        var cards = await Paging.Of(request, from, until).Read(
            store, ProductCards.Partition, row => Stored.Read<ProductCard>(row.Data), cancel);
        OfferedProductResponse[] offered =
        [
            .. cards.Items
                .Where(card => card.State is ProductState.OnSale)
                .Where(card => categoryId is null || card.CategoryId == categoryId) // else it stands elsewhere now
                .Select(OfferedProductResponse.Of),
        ];
        return Results.Ok(new Listing<OfferedProductResponse>(offered, cards.Next));
    }
}
