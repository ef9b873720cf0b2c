using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.Platform;
using Pond.Products;
using Pond.Tests.Orders;
using Pond.Tests.Products;

namespace Pond.Tests.Activities;

/// <summary>ACT-03: an activity's stock comes out of the SKUs' and goes back there, piece for piece.</summary>
[Rule("ACT-03")]
public sealed class AllottingStock(DealApp app) : IClassFixture<DealApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Theory, InlineData(1, 1), InlineData(4, 1), InlineData(1, 3), InlineData(3, 4)]
    public async Task A_publication_takes_the_pieces_out_of_the_stock_and_the_end_puts_them_back(int of, int into)
    {
        var skuId = await api.Product(stock: 50, shards: of);
        var id = await api.Draft(ActivitySteps.Plan(api, skuId, pieces: 20, shards: into));
        Assert.Equal((50, 0), await api.PiecesOf(skuId, of));

        await api.Turn(id, "published");
        Assert.Equal(((30, 0), (20, 0)), await Pieces(id, skuId, of, into));
        await api.PassAndClose(TimeSpan.FromDays(2));
        Assert.Equal(((30, 0), (20, 0)), await Pieces(id, skuId, of, into)); // what was begun may go on for a day
        await api.PassAndClose(ActivitySteps.Aftermath);

        Assert.Equal("closed", await api.StateOf(id));
        Assert.Equal(((50, 0), (0, 0)), await Pieces(id, skuId, of, into));
    }

    [Fact]
    public async Task One_that_is_ended_early_gives_its_stock_back_early()
    {
        var skuId = await api.Product(stock: 50);
        var id = await api.Published(ActivitySteps.Plan(api, skuId, pieces: 20));

        await api.Turn(id, "ended");
        await api.PassAndClose(ActivitySteps.Aftermath);

        Assert.Equal("closed", await api.StateOf(id));
        Assert.Equal(((50, 0), (0, 0)), await Pieces(id, skuId));
    }

    [Fact]
    public async Task One_that_cannot_have_all_of_its_goods_has_none_is_a_draft_again_and_may_be_tried_again()
    {
        var (plenty, scarce) = (await api.Product(stock: 50, shards: 2), await api.Product(stock: 9));
        var id = await api.Draft(ActivitySteps.Plan(
            api, new ActivityGoods(plenty, 20, Shards: 2), new ActivityGoods(scarce, 10)));

        Assert.Equal("activity.no_stock", await (await api.Turn(id, "published")).Code());
        Assert.Equal("draft", await api.StateOf(id));
        Assert.Equal("activity.no_stock", await (await api.Turn(id, "published")).Code());
        Assert.Equal(((50, 0), (0, 0)), await Pieces(id, plenty, 2, 2));
        Assert.Equal(((9, 0), (0, 0)), await Pieces(id, scarce));
        await api.AddStock(scarce, 1);
        (await api.Turn(id, "published")).EnsureSuccessStatusCode();

        Assert.Equal(((30, 0), (20, 0)), await Pieces(id, plenty, 2, 2));
        Assert.Equal(((0, 0), (10, 0)), await Pieces(id, scarce));
    }

    [Fact]
    public async Task Pieces_that_orders_keep_are_nobody_s_to_take()
    {
        var skuId = await api.Product(stock: 10);
        await (await app.Newcomer()).Placed(new Wish(skuId));

        var id = await api.Draft(ActivitySteps.Plan(api, skuId, pieces: 10));

        Assert.Equal("activity.no_stock", await (await api.Turn(id, "published")).Code());
        Assert.Equal(((10, 1), (0, 0)), await Pieces(id, skuId));
    }

    [Fact]
    public async Task Operators_who_publish_at_once_publish_once()
    {
        var skuId = await api.Product(stock: 50, shards: 4);
        var id = await api.Draft(ActivitySteps.Plan(api, skuId, pieces: 20, shards: 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.Turn(id, "published")));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await api.Deliver();
        Assert.Equal(((30, 0), (20, 0)), await Pieces(id, skuId, 4, 2));
    }

    [Fact]
    public async Task Activities_that_race_for_the_last_pieces_share_what_there_is()
    {
        var skuId = await api.Product(stock: 50);
        var ids = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => api.Draft(ActivitySteps.Plan(api, skuId, pieces: 20))));

        var answers = await Task.WhenAll(ids.Select(id => api.Turn(id, "published")));

        Assert.Equal(2, answers.Count(answer => answer.IsSuccessStatusCode));
        Assert.Equal((10, 0), await api.PiecesOf(skuId));
        var allotted = await Task.WhenAll(ids.Select(id => api.AllottedTo(id, skuId)));
        Assert.Equal([0, 0, 20, 20], allotted.Select(one => one.OnHand).Order());
    }

    [Fact]
    public async Task Who_goes_on_with_a_publication_takes_the_same_pieces_also_when_the_stock_has_got_more_parts()
    {
        var skuId = await api.Product(stock: 50);
        var id = await api.Draft(ActivitySteps.Plan(api, skuId, pieces: 20));
        var begun = await Begin(id);
        await api.Services.GetRequiredService<StockAllotments>().Open(
            $"{id}.{begun.Version}", begun.Wants!, [], CancellationToken.None); // and then the process died
        Assert.Equal(((30, 0), (0, 0)), await Pieces(id, skuId));

        await SpreadStock(skuId, shards: 4);
        await api.Deliver();

        Assert.Equal("published", await api.StateOf(id));
        Assert.Equal(((30, 0), (20, 0)), await Pieces(id, skuId, 4));
    }

    [Fact]
    public async Task Pieces_of_a_variant_that_was_taken_out_meanwhile_go_home_all_the_same()
    {
        var (spuId, kept, gone) = (ProductSteps.NewId("spu"), ProductSteps.NewId("sku"), ProductSteps.NewId("sku"));
        var both = ProductSteps.Product(spuId, ProductSteps.Sku(kept), ProductSteps.Sku(gone, weight: "100克"));
        (await api.Create(both)).EnsureSuccessStatusCode();
        (await ProductSteps.Move(api, spuId, "onSale")).EnsureSuccessStatusCode();
        await api.AddStock(gone, 10);
        var id = await api.Published(ActivitySteps.Plan(api, gone, pieces: 10));
        (await api.Operator().Put(
            $"/api/operator/products/{spuId}", ProductSteps.Product(spuId, ProductSteps.Sku(kept)).Next(2)))
            .EnsureSuccessStatusCode();

        await api.PassAndClose(TimeSpan.FromDays(2) + ActivitySteps.Aftermath);

        Assert.Equal("closed", await api.StateOf(id));
        Assert.Equal(((10, 0), (0, 0)), await Pieces(id, gone));
        var draft = await api.Draft(ActivitySteps.Plan(api, gone, pieces: 10));
        Assert.Equal("product.sku_missing", await (await api.Turn(draft, "published")).Code());
    }

    [Fact]
    public async Task A_piece_of_an_order_that_is_cancelled_after_all_is_over_goes_home()
    {
        var (deal, orderId) = await Late(isPaid: false);
        Assert.Equal(((40, 0), (1, 1)), await Pieces(deal.ActivityId, deal.SkuId));

        await (await api.LogIn(deal.Shopper)).Cancel(orderId);
        await api.Deliver();

        Assert.Equal(((41, 0), (0, 0)), await Pieces(deal.ActivityId, deal.SkuId));
    }

    [Fact]
    public async Task A_piece_that_comes_back_with_a_refund_after_all_is_over_goes_home()
    {
        var (deal, orderId) = await Late(isPaid: true);
        Assert.Equal(((40, 0), (0, 0)), await Pieces(deal.ActivityId, deal.SkuId));

        await (await api.LogIn(deal.Shopper)).Refunded(orderId);

        Assert.Equal(((41, 0), (0, 0)), await Pieces(deal.ActivityId, deal.SkuId));
    }

    [Fact]
    public async Task News_of_what_goes_home_that_comes_thrice_and_as_if_never_heard_moves_it_once()
    {
        await using var api = await MiniProgramApi.Start();
        var skuId = await api.Product(stock: 50, shards: 2);
        var id = await api.Published(ActivitySteps.Plan(api, skuId, pieces: 20, shards: 2));
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(3));
        await api.Fire(nameof(CloseActivities));

        var messages = await api.DeliverThrice(seed: 7);
        await api.DeliverAsIfNeverRemoved(messages, seed: 8);

        Assert.Equal(2, messages.Count(row => row.Data.Contains(skuId, StringComparison.Ordinal)));
        Assert.Equal(((50, 0), (0, 0)), (await api.PiecesOf(skuId, 2), await api.AllottedTo(id, skuId, 2)));
    }

    // An order of one of an activity's pieces that is there when the activity closes; 40 pieces are home.
    private async Task<(Deal Deal, string OrderId)> Late(bool isPaid)
    {
        var deal = await app.NewDeal(ActivityKind.Bargain, stock: 41, pieces: 1);
        var phone = await api.LogIn(deal.Shopper);
        var end = TimeSpan.FromDays(3);
        var orderId = (await phone.PlaceDeal(deal with { PayBy = api.Clock.GetUtcNow() + end.Add(end) })).Order!.OrderId;
        if (isPaid) await phone.PayDeal(orderId);
        await api.PassAndClose(end);
        Assert.Equal("closed", await api.StateOf(deal.ActivityId));
        return (deal, orderId);
    }

    // Publishing has begun, and nothing of it is done.
    private async Task<Activity> Begin(string id)
    {
        var activity = await ActivityRows.Find(api.Store, id, CancellationToken.None);
        var (wants, _) = await api.Services.GetRequiredService<StockAllotments>().WantsOf(
            activity!.Allotments(), CancellationToken.None);
        var begun = await api.Services.GetRequiredService<Transactor>().Run(
            ActivityRows.Board(id),
            new Operation("Test", Phone.NewKey(), Fingerprint: null),
            (board, now) => ActivityRules.ChangeState(board, ActivityState.Published, wants, "operator", now),
            CancellationToken.None);
        return begun.Facts.Single().Activity;
    }

    private async Task SpreadStock(string skuId, int shards)
    {
        var path = $"/api/operator/products/{skuId[..^2]}";
        var product = await (await api.Operator().Get(path)).Json();
        (await api.Operator().Put(path, new
        {
            version = product.Whole("version"),
            reason = "a test",
            categoryId = "drinks",
            title = "龙井",
            imageUrls = new[] { "https://example.com/tea.jpg" },
            skus = new[] { new { skuId, specs = Array.Empty<object>(), priceFen = 4_000, stockShards = shards } },
        })).EnsureSuccessStatusCode();
    }

    private async Task<((int OnHand, int Reserved) Own, (int OnHand, int Reserved) Allotted)> Pieces(
        string activityId, string skuId, int of = 1, int into = 1) =>
        (await api.PiecesOf(skuId, of), await api.AllottedTo(activityId, skuId, into));
}
