using System.Net;
using System.Text.Json;

namespace Pond.Tests.Orders;

/// <summary>ORD-13: what the shop sees of orders, and what of that is nobody's business but who sends them.</summary>
[Rule("ORD-13")]
public sealed class LookingAfterOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task Orders_are_found_by_their_day_and_by_where_they_stand()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var paid = await phone.BoughtAll([(skuId, 2)]);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var unpaid = await phone.Placed(new Wish(skuId));
        await api.Deliver();

        Assert.Equal([unpaid, paid], await Listed("", paid, unpaid));
        Assert.Equal([paid], await Listed("state=paid", paid, unpaid));
        Assert.Equal([unpaid], await Listed("state=awaitingPayment", paid, unpaid));
        await api.Ship(paid);
        await phone.Cancel(unpaid);
        await api.Deliver();

        Assert.Empty(await Listed("state=paid", paid, unpaid));
        Assert.Equal([paid], await Listed("state=shipped", paid, unpaid));
        Assert.Equal([unpaid], await Listed("state=cancelled", paid, unpaid));
        Assert.Empty(await Listed("day=2020-01-01", paid, unpaid));
        Assert.Equal("order.not_a_day", await (await api.Operator().Get("/api/operator/orders?day=today")).Code());
        Assert.Equal("order.no_such_state", await (await api.Operator().Get("/api/operator/orders?state=sold")).Code());
    }

    [Fact]
    public async Task The_list_is_the_newest_whatever_message_comes_late()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await api.Ship(orderId);
        var messages = Redelivery.Waiting(api);
        await phone.Post($"/api/orders/{orderId}/receipt");
        await api.DeliverThrice(seed: 1);
        await api.DeliverAsIfNeverRemoved(messages, seed: 2);

        Assert.Equal([orderId], await Listed("state=completed", orderId));
        Assert.Empty(await Listed("state=shipped", orderId));
        Assert.Empty(await Listed("state=paid", orderId));
    }

    [Fact]
    public async Task Refunds_wait_in_the_list_for_as_long_as_it_is_the_shops_turn()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.BoughtAll([(skuId, 3)]);
        Assert.Empty(await Waiting(orderId));
        await phone.AskBack(orderId, [(1, 1)]);
        await phone.AskBack(orderId, [(1, 1)]);
        await api.Deliver();

        Assert.Equal([$"{orderId}-R01 applied", $"{orderId}-R02 applied"], await Waiting(orderId));
        await api.Decide(orderId, 1, isYes: false);
        await api.Decide(orderId, 2);
        await api.Deliver();
        Assert.Empty(await Waiting(orderId));

        await api.Ship(orderId);
        await phone.AskBack(orderId, [(1, 1)], "returnGoods");
        await api.Deliver();
        await api.Decide(orderId, 3);
        await api.Deliver();
        Assert.Empty(await Waiting(orderId));
        await phone.SendGoodsBack(orderId, 3);
        await api.Deliver();
        Assert.Equal([$"{orderId}-R03 returning"], await Waiting(orderId));
    }

    [Fact]
    public async Task An_order_is_found_by_its_number_with_all_that_happened_and_nothing_of_where_it_goes()
    {
        var phone = await app.Newcomer();
        var skuId = await api.SentProduct(priceFen: 1_000, freightFen: 0);
        var orderId = await phone.BoughtAll([(skuId, 1)], addressId: await phone.Address());

        var answer = await api.Operator().Get($"/api/operator/orders/{orderId}");

        var found = await answer.Json();
        Assert.Equal((phone.MemberId, "paid"), (found.Text("memberId"), found.GetProperty("order").Text("state")));
        Assert.Equal($"{orderId}-01", found.GetProperty("payment").Text("outTradeNo"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("王小明", text);
        Assert.DoesNotContain("13800138000", text);
        Assert.Equal("order.missing", await (await api.Operator().Get($"/api/operator/orders/{OrderSamples.OrderId}")).Code());
        Assert.Equal("order.missing", await (await api.Operator().Get("/api/operator/orders/nothing")).Code());
    }

    [Fact]
    public async Task Where_an_order_goes_is_shown_while_it_is_to_be_sent_or_on_its_way_and_the_audit_says_to_whom()
    {
        var phone = await app.Newcomer();
        var skuId = await api.SentProduct(priceFen: 1_000, freightFen: 0);
        var orderId = await phone.BoughtAll([(skuId, 1)], addressId: await phone.Address());
        var path = $"/api/operator/orders/{orderId}/delivery-views";

        var shown = await (await api.Operator().Post(path, new { reason = "打印面单" })).Json();
        await api.Deliver();
        var act = Assert.Single(await api.AuditOf(orderId));
        await api.Ship(orderId);
        Assert.Equal(HttpStatusCode.OK, (await api.Operator().Post(path, new { reason = "改派" })).StatusCode);
        await phone.Post($"/api/orders/{orderId}/receipt");

        Assert.Equal(("王小明", "+8613800138000"), (shown.Text("name"), shown.Text("phone")));
        Assert.Equal(("order.delivery", "打印面单"), (act.Text("action"), act.Text("reason")));
        Assert.Equal("order.delivery_closed", await (await api.Operator().Post(path, new { reason = "好奇" })).Code());
        var pickedUp = await phone.Bought(new Wish(await api.Product()));
        Assert.Equal(
            "order.delivery_missing",
            await (await api.Operator().Post($"/api/operator/orders/{pickedUp}/delivery-views", new { reason = "打印面单" })).Code());
    }

    [Fact]
    public async Task Each_role_does_what_it_is_for()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await phone.AskBack(orderId);
        await api.Deliver();
        var path = $"/api/operator/orders/{orderId}";
        var (marketing, finance, service) = (await Role("marketing"), await Role("finance"), await Role("service"));
        var verdict = new { answer = "refuse", reason = "已发货" };

        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get("/api/operator/orders")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Get("/api/operator/refunds")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Post($"{path}/refunds", new { reason = "补偿" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Post($"{path}/refunds/1/decision", verdict)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Post($"{path}/shipments", new { reason = "发货" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Post($"{path}/cancellation", new { reason = "取消" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.Post($"{path}/delivery-views", new { reason = "看看" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await finance.Get(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await finance.Post($"{path}/refunds/1/decision", verdict)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await service.Post($"{path}/shipments", new { reason = "发货" })).StatusCode);
    }

    [Fact]
    [Rule("ORD-03")]
    public async Task Service_cancels_an_order_that_is_not_paid_and_no_other()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var (unpaid, paid) = (await phone.Placed(new Wish(skuId)), await phone.Bought(new Wish(skuId)));
        await api.Deliver();

        var cancelled = await api.Operator().Post($"/api/operator/orders/{unpaid}/cancellation", new { reason = "顾客来电" });
        var refused = await api.Operator().Post($"/api/operator/orders/{paid}/cancellation", new { reason = "顾客来电" });
        await api.Deliver();

        Assert.Equal("cancelled", (await cancelled.Json()).Text("state"));
        Assert.Equal(("cancelled", "byOperator"),
            (await phone.OrderState(unpaid), (await phone.Order(unpaid)).GetProperty("cancelled").Text("cause")));
        Assert.Equal("order.already_paid", await refused.Code());
        Assert.Equal((99, 0), await api.StockOf(skuId));
        var act = Assert.Single(await api.AuditOf(unpaid));
        Assert.Equal(("order.cancellation", "awaitingPayment", "cancelled", "顾客来电"),
            (act.Text("action"), act.Text("before"), act.Text("after"), act.Text("reason")));
    }

    // Other tests have orders too: only these are looked for. One page at a time shows that pages lose nothing.
    private async Task<string[]> Listed(string query, params string[] orderIds) =>
    [
        .. (await Pages($"/api/operator/orders?{query}")).Select(order => order.Text("orderId")).Where(orderIds.Contains),
    ];

    private async Task<string[]> Waiting(string orderId) =>
    [
        .. (await Pages("/api/operator/refunds?")).Where(refund => refund.Text("orderId") == orderId)
            .Select(refund => $"{refund.Text("refundNo")} {refund.Text("state")}"),
    ];

    private async Task<JsonElement[]> Pages(string path)
    {
        var (items, cursor) = (new List<JsonElement>(), "");
        for (string? next = ""; next is not null;)
        {
            var page = await (await api.Operator().Get($"{path}&limit=2{cursor}")).Json();
            items.AddRange(page.Items());
            next = page.GetProperty("next").GetString();
            cursor = $"&cursor={next}";
        }

        return [.. items];
    }

    private async Task<Phone> Role(string role)
    {
        var made = await (await api.Operator().Post("/api/operator/operators", new { name = role, roles = new[] { role } })).Json();
        return api.Operator(made.Text("key"));
    }
}
