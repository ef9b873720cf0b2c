using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Products;

[Rule("PRD-01")]
public sealed class ReservingStock(SharedApi app) : IClassFixture<SharedApi>
{
    private MiniProgramApi Api => app.Api;

    [Theory, InlineData(1), InlineData(4)]
    [Rule("D22")]
    public async Task Fifty_orders_at_once_get_exactly_the_twenty_pieces(int shards)
    {
        var skuId = await Api.Sell(stock: 20, shards);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Api.Reserve(NewOrder(), (skuId, 1))));

        Assert.Equal(20, answers.Count(answer => answer.WhyNot is null));
        Assert.All(answers, answer => Assert.True(answer.WhyNot is null or "stock.sold_out", answer.WhyNot));
        Assert.Equal(20, answers.SelectMany(answer => answer.Reserved).Sum(kept => kept.Quantity));
        Assert.Equal((20, 20), await Api.StockOf(skuId));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task Orders_of_several_pieces_race_without_selling_one_twice_or_sending_all_away(int shards)
    {
        var skuId = await Api.Sell(stock: 20, shards);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Api.Reserve(NewOrder(), (skuId, 7))));

        var served = answers.Count(answer => answer.WhyNot is null);
        Assert.InRange(served, 1, 2);
        Assert.Equal((20, served * 7), await Api.StockOf(skuId));
    }

    [Fact]
    public async Task An_order_is_filled_from_several_shards_and_released_in_all_of_them()
    {
        var skuId = await Api.Sell(stock: 8, shards: 4);
        var order = NewOrder();

        var (kept, whyNot) = await Api.Reserve(order, (skuId, 7));
        var during = await Api.StockOf(skuId);
        await Api.Tell(ProductSteps.Settled(order, isPaid: false, kept, new(skuId, 4, 7)));
        await Api.Deliver();

        Assert.Null(whyNot);
        Assert.Equal(7, kept.Sum(one => one.Quantity));
        Assert.Equal(4, kept.Count);
        Assert.Equal((8, 7), during);
        Assert.Equal((8, 0), await Api.StockOf(skuId));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task One_order_that_is_driven_by_many_at_once_gets_what_it_wants_once(int shards)
    {
        var skuId = await Api.Sell(stock: 40, shards);
        var order = NewOrder();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Api.Reserve(i % 2 == 0 ? order : NewOrder(), (skuId, 5))));
        var again = await Api.Reserve(order, (skuId, 5));

        var same = answers.Where((_, i) => i % 2 == 0).Append(again).ToArray();
        Assert.All(same, answer => Assert.Equal(again.Reserved, answer.Reserved));
        Assert.Equal(5, again.Reserved.Sum(kept => kept.Quantity));
        Assert.Equal(5, (await Api.Has(order, skuId, shards)).Sum(row => row.Quantity));
        Assert.Equal((40, 35), await Api.StockOf(skuId));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task An_order_gets_all_its_goods_or_none(int shards)
    {
        var (plenty, scarce) = (await Api.Sell(stock: 10, shards), await Api.Sell(stock: 2, shards));
        var order = NewOrder();

        var first = await Api.Reserve(order, (plenty, 3), (scarce, 3));
        var again = await Api.Reserve(order, (plenty, 3), (scarce, 3));
        var other = await Api.Reserve(NewOrder(), (plenty, 10), (scarce, 2));

        Assert.Equal("stock.sold_out", first.WhyNot);
        Assert.Equal("stock.sold_out", again.WhyNot);
        Assert.Empty(first.Reserved);
        Assert.Null(other.WhyNot);
    }

    [Fact]
    public async Task Wishes_for_the_same_goods_add_up()
    {
        var skuId = await Api.Sell(stock: 5);

        var tooMuch = await Api.Reserve(NewOrder(), (skuId, 3), (skuId, 3));
        var enough = await Api.Reserve(NewOrder(), (skuId, 3), (skuId, 2));

        Assert.Equal("stock.sold_out", tooMuch.WhyNot);
        Assert.Equal([new ReservedStock(skuId, 0, 5)], enough.Reserved);
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task A_reservation_that_comes_after_the_release_is_refused(int shards)
    {
        var skuId = await Api.Sell(stock: 5, shards);
        var order = NewOrder();

        await Api.Tell(ProductSteps.Settled(order, isPaid: false, [], new(skuId, shards, 2)));
        await Api.Deliver();
        var late = await Api.Reserve(order, (skuId, 2));

        Assert.Equal("stock.order_over", late.WhyNot);
        Assert.Equal((5, 0), await Api.StockOf(skuId));
    }

    [Fact]
    public async Task A_paid_order_frees_what_a_stray_reservation_took_in_another_shard()
    {
        var skuId = await Api.Sell(stock: 5);
        var order = NewOrder();
        var (stray, _) = await Api.Reserve(order, (skuId, 2));

        await Api.Tell(ProductSteps.Settled(order, isPaid: true, [], new(skuId, 1, 2)));
        await Api.Deliver();

        Assert.NotEmpty(stray);
        Assert.Equal((5, 0), await Api.StockOf(skuId));
    }

    internal static string NewOrder() => new Ids().Next();
}
