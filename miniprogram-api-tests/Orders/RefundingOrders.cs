using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Points;
using Pond.Tests.Pricing;
using Pond.Tests.Tiers;

namespace Pond.Tests.Orders;

/// <summary>ORD-05: what is asked back is paid back to the fen, and what the order brought is taken back with it.</summary>
[Rule("ORD-05")]
public sealed class RefundingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    private IEnumerable<SandboxRefund> AtWeChat(string orderId) => api.Sandbox.Pay.Refunds
        .Where(refund => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));

    [Fact]
    [Rule("ORD-10")]
    public async Task A_whole_refund_leaves_everybody_as_if_nothing_had_been_bought()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        await api.Give(phone, 300);
        var couponId = await phone.Coupon();
        var orderId = await phone.Bought(new Wish(skuId) { CouponIds = [couponId], Points = 100 });

        var refund = await phone.Refunded(orderId);

        Assert.Equal(("refunded", 3_400, 100), (refund.Text("state"), refund.Whole("amountFen"), refund.Whole("points")));
        var order = await phone.Order(orderId);
        Assert.Equal(("refunded", 3_400), (order.Text("state"), order.Whole("refundedFen")));
        Assert.Equal(3_400, AtWeChat(orderId).Single().AmountFen);
        Assert.Equal((300, "issued"), await phone.Wealth(couponId));
        Assert.Equal((100, 0), await api.StockOf(skuId));
        Assert.Equal(0, await Growth(phone));
        Assert.Equal(
            ["placed", "reserved", "payment_begun", "paid", "refund_applied", "refund_refunding", "refunded"],
            order.GetProperty("log").EnumerateArray().Select(entry => entry.Text("what")));
    }

    [Fact]
    public async Task Piece_by_piece_no_fen_is_lost_and_the_coupon_comes_back_with_the_last()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 1_111));
        var couponId = await phone.Coupon();
        var orderId = await phone.BoughtAll([(skuId, 3)], couponId); // 3 × ¥11.11 − ¥5 = ¥28.33

        var first = await phone.Refunded(orderId, [(1, 1)]);
        Assert.Equal(("paid", null), (await phone.OrderState(orderId), await phone.CouponState(couponId)));
        var second = await phone.Refunded(orderId, [(1, 1)]);
        Assert.Equal(9, await phone.SpendablePoints()); // a point for each yuan of what is kept
        var third = await phone.Refunded(orderId, [(1, 1)]);

        Assert.Equal(
            [944, 944, 945], new[] { first, second, third }.Select(refund => refund.Whole("amountFen")));
        Assert.Equal(2_833, AtWeChat(orderId).Sum(refund => refund.AmountFen));
        Assert.Equal(("refunded", "issued"), (await phone.OrderState(orderId), await phone.CouponState(couponId)));
        Assert.Equal((0, 0), (await phone.SpendablePoints(), await Growth(phone)));
    }

    [Fact]
    public async Task Of_several_lines_each_pays_back_its_own()
    {
        var phone = await app.Newcomer();
        var (cheap, dear) = (await api.Product(priceFen: 1_000), await api.Product(priceFen: 9_000));
        var orderId = await phone.BoughtAll([(cheap, 2), (dear, 1)]);

        var refund = await phone.Refunded(orderId, [(2, 1)]);

        Assert.Equal(9_000, refund.Whole("amountFen"));
        Assert.Equal(("paid", 9_000), (await phone.OrderState(orderId), (await phone.Order(orderId)).Whole("refundedFen")));
        Assert.Equal(((98, 0), (100, 0)), (await api.StockOf(cheap), await api.StockOf(dear)));
        Assert.Equal(20, await phone.SpendablePoints());
    }

    [Fact]
    [Rule("D36")]
    public async Task Buying_and_giving_back_again_and_again_brings_nothing()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 5_000));
        for (var time = 0; time < 3; time++)
        {
            var orderId = await phone.Bought(new Wish(skuId));
            Assert.Equal(50, await phone.SpendablePoints());
            await phone.Refunded(orderId);
        }

        Assert.Equal((0, 0), (await phone.SpendablePoints(), await Growth(phone)));
        Assert.Equal((100, 0), await api.StockOf(skuId));
    }

    [Fact]
    [Rule("D25")]
    public async Task Points_that_were_spent_before_their_order_went_back_are_a_debt()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 10_000));
        var first = await phone.Bought(new Wish(skuId)); // brings 100 points
        var second = await phone.Bought(new Wish(skuId) { Points = 80 }); // spends 80 of them, brings 99
        Assert.Equal(20 + 99, await phone.SpendablePoints());
        await phone.Refunded(second);
        Assert.Equal(100, await phone.SpendablePoints());
        await phone.BoughtAll([(await api.Product(priceFen: 90), 1)], points: 90); // costs no money

        await phone.Refunded(first);

        var points = await (await phone.Get("/api/me/points")).Json();
        Assert.Equal((0, 90), (points.Whole("spendablePoints"), points.Whole("debtPoints")));
    }

    [Fact]
    [Rule("ORD-08")]
    public async Task An_order_without_money_gives_its_points_back_and_WeChat_hears_nothing()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 100));
        await api.Give(phone, 100);
        var orderId = await phone.BoughtAll([(skuId, 1)], points: 100);
        Assert.Equal(("paid", 0), (await phone.OrderState(orderId), await phone.SpendablePoints()));

        await phone.AskBack(orderId);
        await api.Deliver();
        Assert.Equal("refunded", (await (await api.Decide(orderId, 1)).Json()).Text("state"));
        await api.Deliver();

        Assert.Equal(("refunded", 100), (await phone.OrderState(orderId), await phone.SpendablePoints()));
        Assert.Empty(AtWeChat(orderId));
    }

    [Fact]
    public async Task Freight_goes_back_with_the_last_of_what_was_never_sent_and_with_nothing_else()
    {
        var phone = await app.Newcomer();
        var address = await phone.Address();
        var skuId = await api.SentProduct(priceFen: 1_000, freightFen: 600);
        var whole = await phone.BoughtAll([(skuId, 2)], addressId: address);
        var sent = await phone.BoughtAll([(skuId, 1)], addressId: address);
        (await api.Ship(sent)).EnsureSuccessStatusCode();

        var first = await phone.Refunded(whole, [(1, 1)]);
        var last = await phone.Refunded(whole, [(1, 1)]);
        var back = await phone.Refunded(sent);

        Assert.Equal((1_000, 0), (first.Whole("amountFen"), first.Whole("freightFen")));
        Assert.Equal((1_600, 600), (last.Whole("amountFen"), last.Whole("freightFen")));
        Assert.Equal((1_000, 0), (back.Whole("amountFen"), back.Whole("freightFen")));
        Assert.Equal(("refunded", "refunded"), (await phone.OrderState(whole), await phone.OrderState(sent)));
    }

    [Fact]
    public async Task What_is_asked_twice_is_asked_once()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        var key = Phone.NewKey();

        var first = await (await phone.AskBack(orderId, key: key)).Json();
        var again = await (await phone.AskBack(orderId, key: key)).Json();

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("refund.nothing_left", await (await phone.AskBack(orderId)).Code());
        Assert.Equal("refund.too_much", await (await phone.AskBack(orderId, [(1, 1)])).Code());
        Assert.Single((await phone.Order(orderId)).GetProperty("refunds").EnumerateArray());
    }

    [Fact]
    public async Task Of_twenty_who_ask_at_once_for_the_same_piece_one_gets_it()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            phone.PostUntilAnswered($"/api/orders/{orderId}/refunds", new { kind = "moneyOnly", reason = "damaged" })));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.Single((await phone.Order(orderId)).GetProperty("refunds").EnumerateArray());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Messages_that_come_thrice_and_in_any_order_change_nothing(int seed)
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        await api.Give(phone, 300);
        var couponId = await phone.Coupon();
        var orderId = await phone.BoughtAll([(skuId, 2)], couponId, points: 100);
        await phone.AskBack(orderId);
        await api.Deliver();
        await api.Decide(orderId, 1);

        var wanted = await api.DeliverThrice(seed);
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        await api.Sandbox.Pay.SendDue(CancellationToken.None);
        var settled = await api.DeliverThrice(seed);
        await api.DeliverAsIfNeverRemoved([.. wanted, .. settled], seed);

        Assert.NotEmpty(settled);
        Assert.Equal("refunded", await phone.OrderState(orderId));
        Assert.Single(AtWeChat(orderId));
        Assert.Equal((300, "issued"), await phone.Wealth(couponId));
        Assert.Equal(((100, 0), 0), (await api.StockOf(skuId), await Growth(phone)));
    }

    [Fact]
    public async Task Only_what_was_paid_can_be_asked_back_and_only_by_whom()
    {
        var (phone, other, skuId) = (await app.Newcomer(), await app.Newcomer(), await api.Product());
        var unpaid = await phone.Placed(new Wish(skuId));
        var paid = await phone.Bought(new Wish(skuId));

        Assert.Equal("refund.not_paid", await (await phone.AskBack(unpaid)).Code());
        Assert.Equal("order.missing", await (await other.AskBack(paid)).Code());
        Assert.Equal("refund.line_missing", await (await phone.AskBack(paid, [(2, 1)])).Code());
        Assert.Equal("refund.line_missing", await (await phone.AskBack(paid, [(1, 1), (1, 1)])).Code());
        Assert.Equal("refund.not_shipped", await (await phone.AskBack(paid, kind: "returnGoods")).Code());
        Assert.Equal("request.invalid", await (await phone.AskBack(paid, [(1, 0)])).Code());
    }

    [Fact]
    [Rule("FUL-03")]
    public async Task Gifts_go_back_with_what_they_were_given_for()
    {
        var phone = await app.Newcomer();
        var (tea, cup) = (await api.Product(priceFen: 1_000), await api.Product(priceFen: 500));
        await api.Publish(api.Promotion().With("skuIds", new[] { tea }).With(
            "steps", new object[]
            {
                new { leastFen = 2_000, points = 10 },
                new { leastFen = 3_000, points = 50, giftSkuId = cup },
            }));
        var orderId = await phone.BoughtAll([(tea, 3)]);
        Assert.Equal(30 + 50, await phone.SpendablePoints());

        Assert.Equal("refund.gift_alone", await (await phone.AskBack(orderId, [(2, 1)])).Code());
        await phone.Refunded(orderId, [(1, 1)]); // two are kept: the lower step holds
        Assert.Equal(20 + 10, await phone.SpendablePoints());
        var last = await phone.Refunded(orderId);

        Assert.Equal([1, 2], last.GetProperty("lines").EnumerateArray().Select(line => line.Whole("lineNumber")));
        Assert.Equal(("refunded", 0), (await phone.OrderState(orderId), await phone.SpendablePoints()));
        Assert.Equal(((100, 0), (100, 0)), (await api.StockOf(tea), await api.StockOf(cup)));
    }

    [Fact]
    public async Task A_refund_that_is_refused_or_withdrawn_leaves_its_pieces_to_another()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await phone.AskBack(orderId);
        await api.Deliver();

        var refused = await (await api.Decide(orderId, 1, isYes: false)).Json();
        await phone.AskBack(orderId);
        var withdrawn = await (await phone.Post($"/api/orders/{orderId}/refunds/2/withdrawal")).Json();
        var again = await phone.Post($"/api/orders/{orderId}/refunds/2/withdrawal");

        Assert.Equal(("rejected", "已核实"), (refused.Text("state"), refused.Text("answer")));
        Assert.Equal(("withdrawn", HttpStatusCode.OK), (withdrawn.Text("state"), again.StatusCode));
        Assert.Equal("refund.not_waiting", await (await api.Decide(orderId, 2)).Code());
        Assert.Equal("refunded", (await phone.Refunded(orderId)).Text("state"));
        Assert.Equal("refund.order_over", await (await phone.AskBack(orderId)).Code());
    }

    [Fact]
    public async Task The_shop_gives_back_what_nobody_asked_for()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var couponId = await phone.Coupon();
        var orderId = await phone.BoughtAll([(skuId, 1)], couponId);
        var shop = api.Operator();
        var path = $"/api/operator/orders/{orderId}/refunds";

        var given = await shop.Post(path, new { isMerchantsFault = true, restockedLines = Array.Empty<int>(), reason = "发不出货" });
        await api.PayBack();

        Assert.Equal((HttpStatusCode.Created, "refunding"), (given.StatusCode, (await given.Json()).Text("state")));
        Assert.Equal(("refunded", "issued"), (await phone.OrderState(orderId), await phone.CouponState(couponId)));
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal("refund.order_over", await (await shop.Post(path, new { reason = "再退一次" })).Code());
        var act = Assert.Single(await api.AuditOf($"{orderId}-R01"));
        Assert.Equal(("order.refund", "refunding", "发不出货"), (act.Text("action"), act.Text("after"), act.Text("reason")));
    }

    [Fact]
    public async Task Money_that_the_order_did_not_want_goes_back_and_leaves_its_refunds_alone()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Placed(new Wish(skuId));
        var outTradeNo = await phone.Paying(orderId);
        api.Sandbox.Pay.Pay(outTradeNo, amountFen: 1, force: true);
        await api.Tell();

        await api.PayBack();

        Assert.Equal($"{outTradeNo}-A", AtWeChat(orderId).Single().RefundNo);
        Assert.Empty((await phone.Order(orderId)).GetProperty("refunds").EnumerateArray());
    }

    private static async Task<long> Growth(Phone phone) =>
        (await phone.GrowthEntries()).Sum(entry => entry.Whole("growth"));
}
