namespace Pond.Tests.Products;

[Rule("PRD-01")]
public sealed class AdjustingStock(SharedApi app) : IClassFixture<SharedApi>
{
    private MiniProgramApi Api => app.Api;

    [Theory, InlineData(1), InlineData(4)]
    public async Task An_operator_takes_only_what_no_order_keeps(int shards)
    {
        var skuId = await Api.Sell(stock: 10, shards);
        await Api.Reserve(ReservingStock.NewOrder(), (skuId, 6));

        var tooMuch = await Api.Adjust(skuId, -5);
        var enough = await Api.Adjust(skuId, -4);

        Assert.Equal("stock.not_enough", await tooMuch.Code());
        Assert.Equal(-4, (await enough.Json()).Whole("changedQuantity"));
        Assert.Equal((6, 6), await Api.StockOf(skuId));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task The_same_key_adjusts_once_and_its_message_finds_it_done(int shards)
    {
        var (skuId, key) = (await Api.Sell(stock: 0, shards), Phone.NewKey());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Api.Adjust(skuId, 10, key)));
        await Api.Adjust(skuId, -3);
        await Api.DeliverThrice(seed: 7);
        var again = await Api.Adjust(skuId, 10, key);
        var other = await Api.Adjust(skuId, 11, key);

        Assert.Equal(10, (await again.Json()).Whole("changedQuantity"));
        Assert.Equal("idempotency.key_reused", await other.Code());
        Assert.Equal((7, 0), await Api.StockOf(skuId));
        Assert.Equal(7, (await Api.EntriesOf(skuId, shards)).Sum(entry => entry.Whole("quantity")));
    }

    [Fact]
    public async Task Lowering_races_with_orders_and_takes_nothing_from_them()
    {
        var skuId = await Api.Sell(stock: 20, shards: 4);

        var orders = Enumerable.Range(0, 12).Select(_ => Api.Reserve(ReservingStock.NewOrder(), (skuId, 1))).ToArray();
        var lowerings = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Api.Adjust(skuId, -4)));
        var kept = (await Task.WhenAll(orders)).Sum(order => order.Reserved.Sum(one => one.Quantity));
        var changed = 0L;
        foreach (var answer in lowerings)
            if (await answer.Code() is null) changed += (await answer.Json()).Whole("changedQuantity");

        Assert.Equal((20 + changed, kept), await Api.StockOf(skuId));
    }

    [Fact]
    public async Task A_stock_of_no_variant_is_missing() =>
        Assert.Equal("product.sku_missing", await (await Api.Adjust("no-such-sku", 1)).Code());

    [Fact]
    public async Task Each_entry_says_who_and_why()
    {
        var skuId = await Api.Sell(stock: 3);

        var entry = Assert.Single(await Api.EntriesOf(skuId));

        Assert.Equal(("adjust", 3, 3), (entry.Text("kind"), entry.Whole("quantity"), entry.Whole("onHand")));
        Assert.Equal("盘点", entry.Text("reason"));
        Assert.NotEmpty(entry.Text("operatorId"));
    }
}
