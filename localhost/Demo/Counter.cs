namespace Pond.LocalHost.Demo;

/// <summary>Tea on the shelf, and a reduction, each once however often the demo runs.</summary>
internal sealed class Counter(Walk walk, Display display, Run run, Opening opening)
{
    /// <summary>Pieces that are there at least when the shop opens.</summary>
    private const long StockMin = 20;

    private static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    private string OperatorKey => opening.Operator.Key;

    public Stage Stage => new("上架 · The counter", [Shelve, Reduce]);

    private async Task Shelve()
    {
        var tea = TeaShop.Tea;
        await walk.Ask(BuyingApi.CreateProduct(OperatorKey, tea, run.Key("product")), Refusals.ProductTaken);
        await walk.Ask(BuyingApi.PutOnSale(OperatorKey, tea));
        var stock = await walk.Ask<PieceAnswer>(BuyingApi.Stock(OperatorKey, tea));
        if (stock.Available < StockMin)
            await walk.Ask(BuyingApi.AddStock(OperatorKey, tea, StockMin - stock.Available, run.Key("stock")));
        display.Done(tea.Name, $"在售，单价 {Money.Text(tea.PriceFen)}，库存 {Math.Max(stock.Available, StockMin)} 件");
    }

    private async Task Reduce()
    {
        var reduction = TeaShop.Reduction;
        var all = await walk.AskAll<PromotionAnswer>(BuyingApi.ListPromotions(OperatorKey));
        var promotion = all.LastOrDefault(one =>
            one.Terms.Name == reduction.Name && one.Terms.EndsAt > run.StartedAt && one.State is "draft" or "published")
            ?? await walk.Ask<PromotionAnswer>(BuyingApi.CreatePromotion(
                OperatorKey, reduction, run.StartedAt, run.StartedAt + Lasts, run.Key("reduction")));
        if (promotion.State is "draft")
            await walk.Ask(BuyingApi.PublishPromotion(OperatorKey, promotion.PromotionId));
        display.Done(reduction.Name, "满减已发布");
    }
}
