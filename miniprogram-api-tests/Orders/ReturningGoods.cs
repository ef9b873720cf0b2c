using Pond.Orders;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>ORD-05, ORD-11: goods that come back, and what happens when nobody acts in time.</summary>
[Rule("ORD-11")]
public sealed class ReturningGoods(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    [Rule("ORD-05")]
    public async Task Goods_go_back_before_the_money_does_and_are_sold_again_only_when_the_shop_says_so()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await Sent(phone, skuId, quantity: 2);

        var first = await Returned(phone, orderId, number: 1, restocked: [1]);
        var second = await Returned(phone, orderId, number: 2, restocked: []);

        Assert.Equal(["refunded", "refunded"], new[] { first, second });
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal("refunded", await phone.OrderState(orderId));
        Assert.Equal(
            ["refund_applied", "refund_awaitingReturn", "refund_returning", "refund_refunding", "refunded"],
            (await phone.Order(orderId)).GetProperty("log").EnumerateArray().Select(entry => entry.Text("what"))
                .SkipWhile(what => what != "sent").Skip(1).Take(5));
    }

    [Fact]
    [Rule("ORD-05")]
    public async Task Money_alone_for_goods_that_were_sent_puts_nothing_back_on_the_shelf_unless_told()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await Sent(phone, skuId, quantity: 2);

        await phone.Refunded(orderId, [(1, 1)]);
        Assert.Equal((98, 0), await api.StockOf(skuId));
        await phone.Refunded(orderId, [(1, 1)], restocked: [1]);

        Assert.Equal((99, 0), await api.StockOf(skuId));
    }

    [Fact]
    [Rule("ORD-12")]
    public async Task Goods_that_the_shop_does_not_accept_are_not_paid_back()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await Sent(phone, skuId);
        await phone.AskBack(orderId, kind: "returnGoods");
        await api.Deliver();
        await api.Decide(orderId, 1);
        Assert.Equal("refund.not_waiting", await (await api.Decide(orderId, 1)).Code());
        await phone.SendGoodsBack(orderId, 1);
        Assert.Equal("refund.not_waiting", await (await phone.Post($"/api/orders/{orderId}/refunds/1/withdrawal")).Code());

        var refused = await (await api.Decide(orderId, 1, isYes: false)).Json();

        Assert.Equal("goodsRefused", refused.Text("state"));
        Assert.Equal("refund.not_waiting", await (await phone.SendGoodsBack(orderId, 1)).Code());
        Assert.Equal("refund.missing", await (await phone.SendGoodsBack(orderId, 2)).Code());
        Assert.Equal("shipped", await phone.OrderState(orderId));
        Assert.Equal("refund.line_not_in_it", await (await Restocking(phone, orderId)).Code());
    }

    [Fact]
    public async Task A_shop_that_is_silent_for_three_days_gives_back_what_it_has_not_sent()
    {
        var (phone, skuId) = (await api.LogIn("silent-1"), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await phone.AskBack(orderId);
        await api.Deliver();

        await api.PassDays(2.9);
        Assert.Equal("applied", (await (await api.LogIn("silent-1")).Refund(orderId, 1)).Text("state"));
        await api.PassDays(0.1);
        await api.PayBack();

        phone = await api.LogIn("silent-1");
        Assert.Equal(("refunded", "refunded"), (await phone.OrderState(orderId), (await phone.Refund(orderId, 1)).Text("state")));
        Assert.Equal((100, 0), await api.StockOf(skuId));
        Assert.Equal(0, await phone.SpendablePoints());
    }

    [Fact]
    public async Task A_silent_shop_takes_goods_back_and_a_shopper_who_does_not_send_them_has_changed_their_mind()
    {
        var phone = await api.LogIn("silent-2");
        var orderId = await Sent(phone, await api.Product());
        await phone.AskBack(orderId, kind: "returnGoods");
        await api.Deliver();

        await api.PassDays(3);
        Assert.Equal("awaitingReturn", (await (await api.LogIn("silent-2")).Refund(orderId, 1)).Text("state"));
        await api.PassDays(7);

        phone = await api.LogIn("silent-2");
        Assert.Equal("withdrawn", (await phone.Refund(orderId, 1)).Text("state"));
        Assert.Equal("shipped", await phone.OrderState(orderId));
        await api.PassDays(4.1); // now the fourteen days since it was sent are over
        Assert.Equal("completed", await (await api.LogIn("silent-2")).OrderState(orderId));
    }

    [Fact]
    public async Task No_silence_pays_for_goods_that_are_gone_and_the_order_waits_for_the_answer()
    {
        var phone = await api.LogIn("silent-3");
        var orderId = await Sent(phone, await api.Product());
        await phone.AskBack(orderId);
        await api.Deliver();
        var asked = await phone.Refund(orderId, 1);

        await api.PassDays(20);

        phone = await api.LogIn("silent-3");
        var overdue = await phone.Refund(orderId, 1);
        Assert.Equal(("applied", "shipped"), (overdue.Text("state"), await phone.OrderState(orderId)));
        Assert.True(
            overdue.GetProperty("respondBy").GetDateTimeOffset() > asked.GetProperty("respondBy").GetDateTimeOffset());
        await api.Decide(orderId, 1, isYes: false);
        await api.PassDays(0.1);
        Assert.Equal("completed", await (await api.LogIn("silent-3")).OrderState(orderId));
    }

    [Fact]
    public async Task A_fortnight_after_the_receipt_nothing_can_be_asked_back_any_more()
    {
        var phone = await api.LogIn("late");
        var orderId = await Sent(phone, await api.Product());
        (await phone.Post($"/api/orders/{orderId}/receipt")).EnsureSuccessStatusCode();

        await api.PassDays(14.9);
        phone = await api.LogIn("late");
        var inTime = await phone.AskBack(orderId, [(1, 1)]);
        (await phone.Post($"/api/orders/{orderId}/refunds/1/withdrawal")).EnsureSuccessStatusCode();
        await api.PassDays(0.1);

        Assert.True(inTime.IsSuccessStatusCode);
        Assert.Equal("refund.too_late", await (await (await api.LogIn("late")).AskBack(orderId)).Code());
    }

    [Fact]
    [Rule("ORD-05")]
    public async Task Where_the_shop_says_so_what_was_not_sent_goes_back_at_once()
    {
        await using var quick = await MiniProgramApi.Start(
            new Dictionary<string, string> { ["Orders:AutoRefundUnshipped"] = "true" });
        var phone = await quick.LogIn("in-a-hurry");
        var skuId = await quick.Product();
        var (sent, unsent) = (await phone.Bought(new Wish(skuId)), await phone.Bought(new Wish(skuId)));
        (await quick.Ship(sent)).EnsureSuccessStatusCode();

        Assert.Equal("refunding", (await (await phone.AskBack(unsent)).Json()).Text("state"));
        Assert.Equal("applied", (await (await phone.AskBack(sent)).Json()).Text("state"));
        await quick.PayBack();

        Assert.Equal("refunded", await phone.OrderState(unsent));
    }

    private async Task<string> Sent(Phone phone, string skuId, int quantity = 1)
    {
        var orderId = await phone.BoughtAll([(skuId, quantity)]);
        (await api.Ship(orderId)).EnsureSuccessStatusCode();
        return orderId;
    }

    private async Task<string> Returned(Phone phone, string orderId, int number, int[] restocked)
    {
        (await phone.AskBack(orderId, [(1, 1)], "returnGoods")).EnsureSuccessStatusCode();
        await api.Deliver();
        (await api.Decide(orderId, number)).EnsureSuccessStatusCode();
        (await phone.SendGoodsBack(orderId, number)).EnsureSuccessStatusCode();
        (await api.Decide(orderId, number, restocked: restocked)).EnsureSuccessStatusCode();
        await api.PayBack();
        return (await phone.Refund(orderId, number)).Text("state");
    }

    private async Task<HttpResponseMessage> Restocking(Phone phone, string orderId)
    {
        var number = (int)(await (await phone.AskBack(orderId)).Json()).Whole("number");
        await api.Deliver();
        return await api.Decide(orderId, number, restocked: [2]);
    }
}
