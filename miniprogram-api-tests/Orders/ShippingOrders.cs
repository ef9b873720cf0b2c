using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;

namespace Pond.Tests.Orders;

/// <summary>ORD-07, ORD-12: what is sent, what WeChat hears of it, and when it is received.</summary>
[Rule("ORD-12")]
public sealed class ShippingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    private SandboxShipping? AtWeChat(string orderId) => api.Sandbox.Shippings.All
        .SingleOrDefault(shipping => shipping.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));

    [Fact]
    [Rule("ORD-07")]
    public async Task A_parcel_is_told_to_WeChat_and_the_shopper_confirms_that_it_came()
    {
        var phone = await app.Newcomer();
        var skuId = await api.SentProduct(priceFen: 1_000, freightFen: 600);
        var orderId = await phone.BoughtAll([(skuId, 1)], addressId: await phone.Address());

        var sent = await (await api.Ship(orderId, null, "SF", "SF100200300")).Json(); // this one asks for the phone
        await api.Deliver();
        var received = await (await phone.Post($"/api/orders/{orderId}/receipt")).Json();

        Assert.Equal("shipped", sent.Text("state"));
        var told = AtWeChat(orderId)!;
        Assert.Equal((1, true), (told.LogisticsType, told.IsAll));
        Assert.Equal(
            ("SF", "SF100200300", "碧螺春", "8000"),
            (told.Parcels[0].Company, told.Parcels[0].TrackingNo, told.Parcels[0].Description, told.Parcels[0].ReceiverPhone![^4..]));
        Assert.DoesNotContain("138", told.Parcels[0].ReceiverPhone);
        Assert.Equal("completed", received.Text("state"));
        Assert.Equal(HttpStatusCode.OK, (await phone.Post($"/api/orders/{orderId}/receipt")).StatusCode);
    }

    [Fact]
    [Rule("ORD-07")]
    public async Task Parcels_of_one_order_are_told_until_the_last()
    {
        var phone = await app.Newcomer();
        var (tea, cup) = (await api.Product(priceFen: 1_000), await api.Product(priceFen: 2_000));
        var orderId = await phone.BoughtAll([(tea, 1), (cup, 2)]);

        var first = await (await api.Ship(orderId, [2], "YTO", "YT1000001")).Json();
        await api.Deliver();
        Assert.Equal(("paid", false), (first.Text("state"), AtWeChat(orderId)!.IsAll));
        Assert.Equal("receipt.not_shipped", await (await phone.Post($"/api/orders/{orderId}/receipt")).Code());
        Assert.Equal("shipment.not_to_send", await (await api.Ship(orderId, [2])).Code());
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var last = await (await api.Ship(orderId, null, "YTO", "YT1000002")).Json();
        await api.Deliver();

        Assert.Equal("shipped", last.Text("state"));
        Assert.Equal([1], last.GetProperty("shipment").GetProperty("lineNumbers").EnumerateArray().Select(line => line.GetInt32()));
        var told = AtWeChat(orderId)!;
        Assert.Equal(["YT1000001", "YT1000002"], told.Parcels.Select(parcel => parcel.TrackingNo));
        Assert.True(told.IsAll);
    }

    [Fact]
    [Rule("ORD-07")]
    public async Task What_WeChat_does_not_take_is_told_again_and_in_the_end_a_person_sees_it()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        api.Sandbox.Failures.Add(
            new Failure("/wxa/sec/order/upload_shipping_info", FailureKind.ErrCode, Times: Failure.TimesMax));
        await api.Ship(orderId);

        for (var retry = 0; retry < 6; retry++)
        {
            await api.Deliver();
            api.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Null(AtWeChat(orderId));
        var poison = await (await api.Operator().Get("/api/operator/poison")).Json();
        Assert.Equal(1, poison.Items().Single(one => one.Text("queue") == RefundMessages.ShipmentQueue).Whole("count"));
        api.Sandbox.Failures.Clear();
        (await api.Operator().Post(
            $"/api/operator/poison/{RefundMessages.ShipmentQueue}/redrives", new { max = 32, reason = "微信已恢复" }))
            .EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.NotNull(AtWeChat(orderId));
    }

    [Fact]
    [Rule("ORD-07")]
    public async Task What_no_carrier_has_is_told_once_all_of_it_is_handed_over()
    {
        var (phone, other) = (await app.Newcomer(), await api.Product(priceFen: 500));
        var orderId = await phone.BoughtAll([(await api.Product(), 1), (other, 1)]);

        Assert.Equal("shipment.half_told", await (await api.Ship(orderId, null, "SF", null)).Code());
        await api.Ship(orderId, [1], null, null);
        await api.Deliver();
        Assert.Null(AtWeChat(orderId));
        await api.Ship(orderId, [2], null, null);
        await api.Deliver();

        Assert.Equal((4, true, 1), (AtWeChat(orderId)!.LogisticsType, AtWeChat(orderId)!.IsAll, AtWeChat(orderId)!.Parcels.Count));
    }

    [Fact]
    public async Task The_same_key_sends_once_and_of_many_who_send_at_once_one_does()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        var (path, body, key) = ($"/api/operator/orders/{orderId}/shipments",
            new { company = "SF", trackingNo = "SF100200300", reason = "发货" }, Phone.NewKey());

        var first = await (await api.Operator().Post(path, body, key)).Json();
        var again = await (await api.Operator().Post(path, body, key)).Json();
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.Operator().PostUntilAnswered(path, body)));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.All(others, other => Assert.Equal(HttpStatusCode.Conflict, other.StatusCode));
        Assert.Single((await phone.Order(orderId)).GetProperty("shipments").EnumerateArray());
        var act = Assert.Single(await Heard(orderId));
        Assert.Equal(("order.shipment", "paid", "shipped"), (act.Text("action"), act.Text("before"), act.Text("after")));
    }

    [Fact]
    public async Task Nothing_is_sent_while_its_refund_is_undecided_and_what_was_paid_back_stays()
    {
        var phone = await app.Newcomer();
        var (tea, cup) = (await api.Product(priceFen: 1_000), await api.Product(priceFen: 2_000));
        var orderId = await phone.BoughtAll([(tea, 2), (cup, 1)]);
        await phone.AskBack(orderId, [(2, 1)]);
        await api.Deliver();

        Assert.Equal("shipment.refund_asked", await (await api.Ship(orderId)).Code());
        var first = await (await api.Ship(orderId, [1])).Json();
        Assert.Equal("paid", first.Text("state"));
        await api.Decide(orderId, 1);
        Assert.Equal("shipment.not_to_send", await (await api.Ship(orderId, [2])).Code());
        await api.PayBack();

        // Nothing is left to send: the order is on its way.
        var order = await phone.Order(orderId);
        Assert.Equal(("shipped", 2_000), (order.Text("state"), order.Whole("refundedFen")));
        Assert.True(AtWeChat(orderId)!.IsAll);
    }

    [Fact]
    public async Task A_line_of_which_some_pieces_were_paid_back_is_sent_without_them()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 1_000));
        var orderId = await phone.BoughtAll([(skuId, 3)]);
        await phone.Refunded(orderId, [(1, 2)]);

        Assert.Equal("shipped", (await (await api.Ship(orderId)).Json()).Text("state"));
    }

    [Fact]
    [Rule("ORD-11")]
    public async Task Fourteen_days_after_the_last_parcel_an_order_counts_as_received()
    {
        var (phone, skuId) = (await api.LogIn("forgetful"), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await api.Ship(orderId);

        await api.PassDays(13.9);
        Assert.Equal("shipped", await (await api.LogIn("forgetful")).OrderState(orderId));
        await api.PassDays(0.1);

        Assert.Equal("completed", await (await api.LogIn("forgetful")).OrderState(orderId));
    }

    [Fact]
    public async Task Who_has_asked_for_a_refund_settles_that_before_the_receipt()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Bought(new Wish(skuId));
        await api.Ship(orderId);
        await phone.AskBack(orderId, kind: "returnGoods");

        Assert.Equal("receipt.refund_open", await (await phone.Post($"/api/orders/{orderId}/receipt")).Code());
        await phone.Post($"/api/orders/{orderId}/refunds/1/withdrawal");

        Assert.Equal(HttpStatusCode.OK, (await phone.Post($"/api/orders/{orderId}/receipt")).StatusCode);
    }

    [Fact]
    public async Task Only_what_is_paid_is_sent()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var unpaid = await phone.Placed(new Wish(skuId));
        await api.Deliver();

        Assert.Equal("shipment.not_paid", await (await api.Ship(unpaid)).Code());
        Assert.Equal("order.missing", await (await api.Ship(OrderSamples.OrderId)).Code());
    }

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> Heard(string orderId)
    {
        await api.Deliver();
        return await api.AuditOf(orderId);
    }
}
