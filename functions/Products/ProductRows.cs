using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>
/// Partition <c>pr:{hash of spuId}</c>: <c>product</c> is the head, <c>price:{version, newest first}</c> what each
/// version changed in prices.
/// </summary>
public static class ProductRows
{
    public const string Head = "product";
    public const string PricePrefix = "price";

    private const int VersionDigits = 12;

    public static string Partition(string spuId) => "pr:" + Keys.Hash(spuId);

    public static Task<Product?> Find(PartitionStore store, string spuId, CancellationToken cancel) =>
        store.Find<Product>(Partition(spuId), Head, cancel);

    public static Layout<ProductDesk, ProductEvent> Product(string spuId) => new(
        Partition(spuId),
        Head,
        Loads: [],
        Read: rows => new ProductDesk(rows.Find<Product>(Head), []),
        Write: desk =>
        [
            .. desk.Product is { } product ? [new StateRow(Head, product)] : (StateRow[])[],
            .. desk.Added.Select(change =>
                new StateRow($"{PricePrefix}:{Keys.Inverted(change.Version, VersionDigits)}", change)),
        ],
        Evolve: ProductRules.Evolve,
        Announce: Announce);

    private static IEnumerable<Message> Announce(ProductEvent fact)
    {
        var terms = fact.Product.Terms;
        var formerly = (fact as ProductEvent.Replaced)?.Before.CategoryId;
        yield return ProductMessages.Catalogue(new ProductChangedV1(
            ProductCard.Of(fact.Product), formerly == terms.CategoryId ? null : formerly));
        var (action, before, after) = fact switch
        {
            ProductEvent.StateChanged changed =>
                ("state", ResponseJson.NameOf(changed.Before), ResponseJson.NameOf(fact.Product.State)),
            ProductEvent.Replaced replaced => ("replace", Text(replaced.Before), Text(terms)),
            _ => ("create", null, Text(terms)),
        };
        yield return OperatorMessages.Acted(new OperatorActedV1(
            fact.Actor.OperatorId, $"product.{action}", terms.SpuId, fact.Actor.Reason, before, after, fact.At));
    }

    private static string Text(ProductTerms terms) =>
        $"{terms.Title}: " + string.Join(", ", terms.Skus.Select(sku => $"{sku.SkuId} {sku.PriceFen}"));
}
