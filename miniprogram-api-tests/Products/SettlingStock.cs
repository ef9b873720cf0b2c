using Pond.Products;

namespace Pond.Tests.Products;

[Rule("PRD-01")]
public sealed class SettlingStock
{
    [Theory, InlineData(1, 1), InlineData(2, 4)]
    public async Task Messages_that_come_thrice_and_in_any_order_have_one_effect(int seed, int shards)
    {
        await using var api = await MiniProgramApi.Start();
        var (skuId, paid, cancelled) = await Orders(api, shards);

        var messages = await api.DeliverThrice(seed);

        Assert.True(messages.Count >= 4, $"only {messages.Count}");
        Assert.Empty(Redelivery.Waiting(api));
        Assert.Equal((20 - 6 + 2, 0), await api.StockOf(skuId));
        Assert.Equal(2, (await api.Has(paid, skuId, shards)).Sum(row => row.Returned));
        Assert.All(await api.Has(cancelled, skuId, shards), row => Assert.Equal(OrderStockState.Released, row.State));
        await LedgersHold(api, skuId, shards);
    }

    [Theory, InlineData(3, 1), InlineData(4, 4)]
    public async Task Messages_whose_sender_forgot_that_they_were_done_change_nothing(int seed, int shards)
    {
        await using var api = await MiniProgramApi.Start();
        await Orders(api, shards);
        var messages = await api.DeliverThrice(seed);
        var before = StoredRow.AllButHints(api);

        await api.DeliverAsIfNeverRemoved(messages, seed);

        Assert.Equal(before, StoredRow.AllButHints(api));
    }

    [Fact]
    public async Task A_refund_that_is_heard_before_the_payment_brings_the_sale_along()
    {
        await using var api = await MiniProgramApi.Start();
        var (skuId, order) = (await api.Sell(stock: 5), ReservingStock.NewOrder());
        var (kept, _) = await api.Reserve(order, (skuId, 3));

        await api.Tell(ProductSteps.Refunded(order, 1, new ReservedStock(skuId, 0, 2)));
        await api.Deliver();
        var early = await api.StockOf(skuId);
        await api.Tell(ProductSteps.Settled(order, isPaid: true, kept, new(skuId, 1, 3)));
        await api.Deliver();

        Assert.Equal((4, 0), early);
        Assert.Equal((4, 0), await api.StockOf(skuId));
    }

    [Fact]
    public async Task No_more_comes_back_than_was_sold_and_each_refund_once()
    {
        await using var api = await MiniProgramApi.Start();
        var (skuId, order) = (await api.Sell(stock: 5), ReservingStock.NewOrder());
        var (kept, _) = await api.Reserve(order, (skuId, 3));
        await api.Tell(ProductSteps.Settled(order, isPaid: true, kept, new(skuId, 1, 3)));

        await api.Deliver();
        var sold = await api.StockOf(skuId);
        foreach (var (number, quantity) in new[] { (1, 2), (1, 2), (2, 2), (3, 1), (4, 1) })
        {
            await api.Tell(ProductSteps.Refunded(order, number, new ReservedStock(skuId, 0, quantity)));
            await api.Deliver();
        }

        Assert.Equal((2, 0), sold);
        Assert.Equal((5, 0), await api.StockOf(skuId));
    }

    // One order that is paid and gives some back, one that is cancelled; nothing is delivered yet.
    private static async Task<(string SkuId, string Paid, string Cancelled)> Orders(MiniProgramApi api, int shards)
    {
        var skuId = await api.Sell(stock: 20, shards);
        var (paid, cancelled) = (ReservingStock.NewOrder(), ReservingStock.NewOrder());
        var (kept, _) = await api.Reserve(paid, (skuId, 6));
        var (freed, _) = await api.Reserve(cancelled, (skuId, 6));
        await api.Tell(ProductSteps.Settled(paid, isPaid: true, kept, new(skuId, shards, 6)));
        await api.Tell(ProductSteps.Settled(cancelled, isPaid: false, freed, new(skuId, shards, 6)));
        await api.Tell(ProductSteps.Refunded(paid, 1, kept[0] with { Quantity = 1 }));
        await api.Tell(ProductSteps.Refunded(paid, 2, kept[0] with { Quantity = 1 }));
        return (skuId, paid, cancelled);
    }

    private static async Task LedgersHold(MiniProgramApi api, string skuId, int shards)
    {
        var entries = await api.EntriesOf(skuId, shards);
        var sums = entries.GroupBy(entry => entry.Text("kind"))
            .ToDictionary(kind => kind.Key, kind => kind.Sum(entry => entry.Whole("quantity")));
        Assert.Equal(20, sums["adjust"]);
        Assert.Equal(12, sums["reserve"]);
        Assert.Equal(6, sums["confirm"]);
        Assert.Equal(6, sums["release"]);
        Assert.Equal(2, sums["return"]);
    }
}
