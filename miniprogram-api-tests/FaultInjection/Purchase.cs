using System.Net;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform.Outbox;
using Pond.Tests.Coupons;
using Pond.Tests.Orders;
using Pond.Tests.Points;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// One purchase from the quote to a partial refund, by a shopper and an operator who ask again until they are
/// answered.
/// </summary>
/// <remarks>
/// Three pieces at 20.00, 5.00 off by a coupon, 10.00 off for points, and one piece of the three refunded: so stock,
/// coupon, points, growth and money all have a part in it.
/// </remarks>
internal sealed class Purchase
{
    public const int Pieces = 3;
    public const int Stock = 10;
    public const long PriceFen = 2_000;
    public const long CouponFen = 500;
    public const long SpentPoints = 1_000;
    public const long GivenPoints = 1_500;
    public const long PayableFen = (Pieces * PriceFen) - CouponFen - SpentPoints;
    public const long RefundFen = PayableFen / Pieces;

    private const int WaitsMax = 40;
    private const string OrdersPath = "/api/orders";

    private static readonly string[] Sweeps =
    [
        nameof(SweepOutbox), nameof(PlaceInterruptedOrders), nameof(CancelUnpaidOrders), nameof(CheckPayments),
        nameof(GoOnWithRefunds),
    ];

    private readonly string[] keys = [.. Enumerable.Range(0, 3).Select(_ => Phone.NewKey())];
    private readonly FaultyApp app;
    private readonly string shopper;
    private readonly string sku;
    private readonly Phone console; // its key lasts: who asks again after a crash is the same person
    private Phone phone;
    private string orderId = "";

    private Purchase(FaultyApp app, string shopper, string sku, Phone console, Phone phone) =>
        (this.app, this.shopper, this.sku, this.console, this.phone) = (app, shopper, sku, console, phone);

    /// <summary>A shopper with points and a coupon before a shop with stock.</summary>
    public static async Task<Purchase> Prepare(FaultyApp app, string shopper)
    {
        var api = app.Api;
        var sku = await api.Product(PriceFen, Stock);
        var template = await api.PublishTemplate(LongOpen());
        var phone = await api.LogIn(shopper);
        await api.Give(phone, GivenPoints);
        (await phone.Post(CouponSteps.ClaimsOf(template))).EnsureSuccessStatusCode();
        await app.Settle();
        return new Purchase(app, shopper, sku, app.Api.Operator(), await app.Api.LogIn(shopper));
    }

    /// <summary>From the quote to the refund, whatever happens in between.</summary>
    public async Task Run()
    {
        orderId = (await Place()).Text("orderId");
        var number = await Pay();
        app.Api.Sandbox.Pay.Pay(number);
        await app.WeChatTells();
        await app.Deliver();
        await Until("it is paid", order => order.Text("state") == "paid");

        await Answered(HttpStatusCode.Created, api => (console with { Api = api }).Post(
            $"/api/operator/orders/{orderId}/refunds",
            new { lines = new[] { new { lineNumber = 1, quantity = 1 } }, reason = "少发一件", restockedLines = new[] { 1 } },
            keys[2]));
        await app.Deliver();
        app.Api.Clock.Advance(SandboxPay.RefundTime);
        await app.WeChatTells();
        await app.Deliver();
        await Until("it is refunded", order => order.Whole("refundedFen") > 0);
        await Quiet();
    }

    /// <summary>Fails unless it happened once in every book, and the books agree.</summary>
    public async Task AssertOneOutcome()
    {
        var api = app.Api;
        phone = await api.LogIn(shopper);
        var order = await (await phone.Get($"{OrdersPath}/{orderId}")).Json();
        Assert.Equal(("paid", PayableFen, RefundFen),
            (order.Text("state"), order.Whole("paidFen"), order.Whole("refundedFen")));
        Assert.Single((await (await phone.Get("/api/me/orders")).Json()).Items());

        AssertWeChatAgrees(api);
        var stock = await (await (console with { Api = api }).Get($"/api/operator/skus/{sku}/stock")).Json();
        Assert.Equal((Stock - Pieces + 1, 0), (stock.Whole("onHand"), stock.Whole("reserved")));
        Assert.Equal("used", await CouponState(api));
        await AssertPoints(api);
        Assert.Equal(
            (PayableFen - RefundFen) / 100,
            (await (await phone.Get("/api/me/tier")).Json()).Whole("totalGrowth"));
        Processes.Books.AssertBalanced(StoredRow.All(api));
        Assert.Empty((await (await (console with { Api = api }).Get("/api/operator/payment-tickets")).Json()).Items());
    }

    private void AssertWeChatAgrees(MiniProgramApi api)
    {
        var payment = Assert.Single(
            api.Sandbox.Pay.Payments, one => one.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
        Assert.Equal((PayableFen, RefundFen), (payment.PaidFen, payment.RefundedFen));
        var refund = Assert.Single(api.Sandbox.Pay.Refunds, one => one.OutTradeNo == payment.OutTradeNo);
        Assert.Equal((RefundFen, SandboxRefundStatus.Success), (refund.AmountFen, refund.Status));
    }

    // A third of the spent points is back, and two thirds of what the money brought are left.
    private async Task AssertPoints(MiniProgramApi api)
    {
        var entries = await phone.Entries();
        var spent = SpentPoints - (SpentPoints / Pieces);
        Assert.Equal(GivenPoints - spent + ((PayableFen - RefundFen) / 100), entries.Sum(entry => entry.Whole("points")));
        Assert.Equal(entries.Sum(entry => entry.Whole("points")), await phone.SpendablePoints());
        Assert.Distinct(entries.Select(entry => (entry.Text("causeKind"), entry.Whole("points") < 0)));
    }

    private async Task<string> CouponState(MiniProgramApi api)
    {
        var coupons = await (await (console with { Api = api }).Get($"/api/operator/members/{phone.MemberId}/coupons")).Json();
        return Assert.Single(coupons.Items()).GetProperty("coupon").Text("state");
    }

    private async Task<JsonElement> Place()
    {
        var wish = new { lines = new[] { new { skuId = sku, quantity = Pieces } }, points = SpentPoints };
        var quote = await Answered(HttpStatusCode.OK, _ => phone.Post("/api/quotes", wish));
        Assert.Equal(PayableFen, quote.Whole("payableFen"));
        var body = new { wish.lines, wish.points, quoteToken = quote.Text("token") };
        return await Answered(HttpStatusCode.Created, _ => phone.Post(OrdersPath, body, keys[0]));
    }

    private async Task<string> Pay()
    {
        var start = await Answered(HttpStatusCode.OK, _ => phone.Post($"{OrdersPath}/{orderId}/payment", key: keys[1]));
        Assert.Equal("ready", start.Text("state"));
        return Assert.Single(
            app.Api.Sandbox.Pay.Payments,
            payment => payment.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal)).OutTradeNo;
    }

    private async Task<JsonElement> Answered(
        HttpStatusCode expected, Func<MiniProgramApi, Task<HttpResponseMessage>> send)
    {
        var answer = await app.Answered(api =>
        {
            phone = phone with { Api = api };
            return send(api);
        });
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    // Time passes only when something has gone wrong: the fault is behind then, and nothing is counted any more.
    private async Task Until(string what, Predicate<JsonElement> isSo)
    {
        for (var waits = 0; ; waits++)
        {
            var order = await Answered(HttpStatusCode.OK, _ => phone.Get($"{OrdersPath}/{orderId}"));
            if (isSo(order)) return;
            Assert.True(waits < WaitsMax, $"never: {what}, but {order}");
            await LetTimePass();
            phone = await app.Api.LogIn(shopper);
        }
    }

    private async Task Quiet()
    {
        await LetTimePass();
        await app.Settle();
    }

    private async Task LetTimePass()
    {
        app.Api.Clock.Advance(Settling.BetweenSweeps);
        await app.WeChatTells();
        foreach (var sweep in Sweeps) await app.Fire(sweep);
        await app.Deliver();
    }

    private static Dictionary<string, object?> LongOpen()
    {
        var template = Some.Template(stock: 1);
        template["claimUntil"] = HandClock.Start.AddDays(300); // longer than all the trials take
        return template;
    }
}
