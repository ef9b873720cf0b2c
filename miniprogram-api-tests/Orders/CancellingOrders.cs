using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>ORD-03, ORD-06: who does not pay does not get, and who has paid does.</summary>
[Rule("ORD-03")]
public sealed class CancellingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private static int shoppers;

    private readonly MiniProgramApi api = app.Api;

    private SandboxPay WeChat => api.Sandbox.Pay;

    [Fact]
    [Rule("ORD-04")]
    public async Task An_order_that_nobody_pays_is_cancelled_at_once_and_frees_what_it_kept()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        await api.Give(phone, 100);
        var couponId = await phone.Coupon();
        var orderId = await phone.Placed(new Wish(skuId) { CouponIds = [couponId], Points = 100 });

        var answer = await (await phone.Cancel(orderId, "changedMind")).Json();
        var again = await (await phone.Cancel(orderId)).Json();
        await api.Deliver();

        Assert.Equal(("cancelled", "byMember", "changedMind"), (answer.Text("state"),
            answer.GetProperty("cancelled").Text("cause"), answer.GetProperty("cancelled").Text("code")));
        Assert.Equal(answer.GetProperty("cancelled").GetRawText(), again.GetProperty("cancelled").GetRawText());
        Assert.Equal((100, 0), await api.StockOf(skuId));
        Assert.Equal((100, "issued"), await phone.Wealth(couponId));
        Assert.Equal("order.cancelled", await (await phone.StartPaying(orderId)).Code());
    }

    [Fact]
    public async Task While_somebody_may_be_paying_an_order_is_closing_until_WeChat_has_closed_the_payment()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Placed(new Wish(skuId));
        var number = await phone.Paying(orderId);

        Assert.Equal("closing", (await (await phone.Cancel(orderId)).Json()).Text("state"));
        Assert.Equal("closing", (await (await phone.Cancel(orderId)).Json()).Text("state"));
        Assert.Equal("order.closing", await (await phone.StartPaying(orderId)).Code());
        await api.Deliver();

        Assert.Equal("cancelled", await phone.OrderState(orderId));
        Assert.Equal(
            SandboxTradeState.Closed, WeChat.Payments.Single(payment => payment.OutTradeNo == number).State);
        Assert.Equal((100, 0), await api.StockOf(skuId));
    }

    [Fact]
    public async Task What_turns_out_to_be_paid_while_it_is_closing_is_paid()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        var orderId = await phone.Placed(new Wish(skuId));
        var number = await phone.Paying(orderId);
        WeChat.Levers.Lost = true;
        WeChat.Pay(number);
        WeChat.Levers.Reset();

        await phone.Cancel(orderId);
        await api.Deliver();

        Assert.Equal("paid", await phone.OrderState(orderId));
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal("order.already_paid", await (await phone.Cancel(orderId)).Code());
        Assert.DoesNotContain(WeChat.Refunds, refund => refund.OutTradeNo == number);
    }

    [Fact]
    [Rule("D09")]
    public async Task Money_that_comes_after_the_cancellation_goes_back_whole_and_once()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        var orderId = await phone.Placed(new Wish(skuId));
        var number = await phone.Paying(orderId);
        await phone.Cancel(orderId);
        await api.Deliver();

        WeChat.Pay(number, force: true);
        WeChat.NotifyAgain(number);
        await api.Tell();
        await api.Tell();
        WeChat.SettleRefunds();
        await api.Tell();

        var order = await phone.Order(orderId);
        Assert.Equal("cancelled", order.Text("state"));
        Assert.Contains(
            "stray_paid", order.GetProperty("log").EnumerateArray().Select(entry => entry.Text("what")));
        var refund = WeChat.Refunds.Single(one => one.OutTradeNo == number);
        Assert.Equal(($"{number}-A", 4_000), (refund.RefundNo, refund.AmountFen));
        Assert.Equal((100, 0), await api.StockOf(skuId));
    }

    [Fact]
    [Rule("ORD-06")]
    public async Task An_order_that_is_not_paid_in_time_is_cancelled_and_not_before()
    {
        var (shopper, skuId) = (NewShopper(), await api.Product());
        var orderId = await (await api.LogIn(shopper)).Placed(new Wish(skuId));

        await Pass(TimeSpan.FromMinutes(29));
        Assert.Equal("awaitingPayment", await (await api.LogIn(shopper)).OrderState(orderId));
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("order.pay_late", await (await (await api.LogIn(shopper)).StartPaying(orderId)).Code());
        await Pass(TimeSpan.FromMinutes(2));

        var order = await (await api.LogIn(shopper)).Order(orderId);
        Assert.Equal(("cancelled", "timeOut"),
            (order.Text("state"), order.GetProperty("cancelled").Text("cause")));
        Assert.Equal((100, 0), await api.StockOf(skuId));
    }

    [Fact]
    [Rule("ORD-06")]
    public async Task An_order_that_somebody_has_begun_to_pay_ends_as_WeChat_says()
    {
        var skuId = await api.Product();
        var (gone, payer) = (NewShopper(), NewShopper());
        var phone = await api.LogIn(gone);
        var unpaid = await phone.Placed(new Wish(skuId));
        await phone.Paying(unpaid);
        phone = await api.LogIn(payer);
        var paid = await phone.Placed(new Wish(skuId));
        WeChat.Levers.Lost = true;
        WeChat.Pay(await phone.Paying(paid));
        WeChat.Levers.Reset();

        await Pass(TimeSpan.FromMinutes(32));

        Assert.Equal("cancelled", await (await api.LogIn(gone)).OrderState(unpaid));
        Assert.Equal("paid", await (await api.LogIn(payer)).OrderState(paid));
        Assert.Equal((99, 0), await api.StockOf(skuId));
    }

    [Fact]
    public async Task Of_paying_and_cancelling_at_once_one_wins_and_all_agree()
    {
        var skuId = await api.Product();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            var phone = await app.Newcomer();
            var orderId = await phone.Placed(new Wish(skuId));
            var number = await phone.Paying(orderId);

            await Task.WhenAll(
                Task.Run(async () =>
                {
                    WeChat.Pay(number);
                    await WeChat.SendDue(CancellationToken.None);
                }),
                phone.Cancel(orderId));
            await api.Tell();

            Assert.Equal("paid", await phone.OrderState(orderId));
        }

        Assert.Equal((95, 0), await api.StockOf(skuId));
    }

    [Fact]
    [Rule("ORD-09")]
    public async Task Nobody_cancels_pays_or_sees_another_s_order()
    {
        var (alice, bob) = (await app.Newcomer(), await app.Newcomer());
        var orderId = await alice.Placed(new Wish(await api.Product()));

        foreach (var answer in new[]
        {
            await bob.Cancel(orderId), await bob.StartPaying(orderId), await bob.Get($"/api/orders/{orderId}"),
            await bob.Get("/api/orders/x"),
        })
            Assert.Equal((HttpStatusCode.NotFound, "order.missing"), (answer.StatusCode, await answer.Code()));
        Assert.Equal("awaitingPayment", await alice.OrderState(orderId));
    }

    private static string NewShopper() => $"canceller-{Interlocked.Increment(ref shoppers)}";

    private async Task Pass(TimeSpan time)
    {
        api.Clock.Advance(time);
        await api.Fire(nameof(CancelUnpaidOrders));
        await api.Deliver();
    }
}
