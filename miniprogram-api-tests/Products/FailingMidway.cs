using System.Net;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Tests.FaultInjection;
using static Pond.Tests.Products.ProductSteps;

namespace Pond.Tests.Products;

/// <summary>Each commit of what changes several partitions goes wrong, one at a time, in every way.</summary>
public sealed class FailingMidway
{
    public static TheoryData<FaultWay> Ways => [.. Enum.GetValues<FaultWay>()];

    [Theory, MemberData(nameof(Ways)), Rule("PRD-01")]
    public Task A_reservation_keeps_all_it_wants_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spread, plain) = (await app.Api.Sell(stock: 4, shards: 2), await app.Api.Sell(stock: 1));
            var order = ReservingStock.NewOrder();
            await app.Settle();

            arm();
            var first = await Reserved(app, order, spread, plain);
            await app.Settle();
            var again = await Reserved(app, order, spread, plain);

            Assert.Equal(4, first.Sum(kept => kept.Quantity));
            Assert.Equal(first, again);
            Assert.Equal(((4, 3), (1, 1)), (await app.Api.StockOf(spread), await app.Api.StockOf(plain)));
        });

    [Theory, MemberData(nameof(Ways)), Rule("PRD-01")]
    public Task A_reservation_that_falls_short_keeps_nothing_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spread, plain) = (await app.Api.Sell(stock: 4, shards: 2), await app.Api.Sell(stock: 0));
            var order = ReservingStock.NewOrder();
            await app.Settle();

            arm();
            Assert.Empty(await Reserved(app, order, spread, plain));
            await app.Settle();

            Assert.Equal((4, 0), await app.Api.StockOf(spread));
        });

    [Theory, MemberData(nameof(Ways)), Rule("PRD-01")]
    public Task A_sale_and_what_comes_back_of_it_count_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (skuId, order) = (await app.Api.Sell(stock: 4, shards: 2), ReservingStock.NewOrder());
            var (kept, _) = await app.Api.Reserve(order, (skuId, 3));
            await app.Settle();
            await app.Api.Tell(Settled(order, isPaid: true, kept, new(skuId, 2, 3)));
            await app.Api.Tell(Refunded(order, 1, [.. kept]));

            arm();
            await app.Deliver();
            await app.Settle();

            Assert.Equal((4, 0), await app.Api.StockOf(skuId));
            Assert.Equal(3, (await app.Api.Has(order, skuId, 2)).Sum(row => row.Returned));
        });

    [Theory, MemberData(nameof(Ways)), Rule("PRD-01")]
    public Task An_adjustment_is_whole_and_counts_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (skuId, key) = (await app.Api.Sell(stock: 5, shards: 2), Phone.NewKey());
            var console = app.Api.Operator(); // the same person, also after a crash
            await app.Settle();

            arm();
            var answer = await app.Answered(api => (console with { Api = api }).Adjust(skuId, -3, key));
            await app.Settle();

            Assert.Equal(-3, (await answer.Json()).Whole("changedQuantity"));
            Assert.Equal((2, 0), await app.Api.StockOf(skuId));
            Assert.Equal(2, (await app.Api.EntriesOf(skuId, 2)).Sum(entry => entry.Whole("quantity")));
        });

    [Theory, MemberData(nameof(Ways)), Rule("PRD-06")]
    public Task A_file_is_taken_over_once_whichever_commit_fails(FaultWay way) =>
        EveryCommit.Fails(way, async (app, arm) =>
        {
            var (spuId, one, other, key) = (NewId("spu"), NewId("sku"), NewId("sku"), Phone.NewKey());
            var console = app.Api.Operator(); // the same person, also after a crash
            await app.Settle();

            arm();
            var answer = await app.Answered(api => (console with { Api = api }).Import(
                $"spuId,skuId,categoryId,title,specs,priceFen,stock\n{spuId},{one},green-tea,龙井,净含量=50克,4000,7\n"
                + $"{spuId},x,,,,,\n{spuId},{other},,,净含量=100克,7500,\n",
                key));
            await app.Deliver();
            await app.Settle();

            var import = await (await app.Api.Operator().Get(
                $"{ImportsPath}/{(await answer.Json()).Text("importId")}")).Json();
            Assert.Equal(("done", 2, 1), (import.Text("state"), import.Whole("appliedCount"), import.Whole("errorCount")));
            Assert.Equal(2, (await (await app.Api.Operator().Get($"{ProductsPath}/{spuId}")).Json()).Whole("version"));
            Assert.Equal(7, Assert.Single(await app.Api.EntriesOf(one)).Whole("quantity"));
        });

    // Three pieces of the one and one of the other, asked for until there is an answer.
    private static async Task<IReadOnlyList<ReservedStock>> Reserved(
        FaultyApp app, string order, string spread, string plain)
    {
        IReadOnlyList<ReservedStock> kept = [];
        await app.Answered(async api =>
        {
            try
            {
                (kept, _) = await api.Reserve(order, (spread, 3), (plain, 1));
                return new HttpResponseMessage(HttpStatusCode.OK);
            }
            catch (Exception failure) when (
                failure is CrashException or ContendedException or StoreUnavailableException)
            {
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            }
        });
        return kept;
    }
}
