using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Tests.Coupons;
using Pond.Tests.Points;
using Pond.Tests.Tiers;

namespace Pond.Tests.Orders;

/// <summary>ORD-02, ORD-04: an order is paid once, by its payment alone, and then brings what it brings, once.</summary>
[Rule("ORD-02")]
public sealed class PayingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private const string Prepay = "/v3/pay/transactions/jsapi";

    private readonly MiniProgramApi api = app.Api;

    private SandboxPay WeChat => api.Sandbox.Pay;

    [Fact]
    [Rule("ORD-04")]
    public async Task A_paid_order_spends_what_it_kept_and_brings_points_and_growth()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        await api.Give(phone, 300);
        var couponId = await phone.Coupon();

        var orderId = await phone.Bought(new Wish(skuId) { CouponIds = [couponId], Points = 100 });

        var order = await phone.Order(orderId);
        Assert.Equal(("paid", 3_400, 3_400),
            (order.Text("state"), order.Whole("payableFen"), order.Whole("paidFen")));
        Assert.Equal((200 + 34, null), await phone.Wealth(couponId)); // a point for each yuan
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal(34, (await phone.GrowthEntries()).Single().Whole("growth"));
        Assert.Equal(
            ["placed", "reserved", "payment_begun", "paid"],
            order.GetProperty("log").EnumerateArray().Select(entry => entry.Text("what")));
    }

    [Theory, InlineData(1), InlineData(2)]
    [Rule("ORD-04")]
    public async Task Messages_that_come_thrice_and_in_any_order_change_nothing(int seed)
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        await api.Give(phone, 300);
        var couponId = await phone.Coupon();
        var orderId = await phone.Placed(new Wish(skuId) { CouponIds = [couponId], Points = 100 });
        WeChat.Pay(await phone.Paying(orderId));
        await WeChat.SendDue(CancellationToken.None);

        var waiting = await api.DeliverThrice(seed);
        await api.DeliverAsIfNeverRemoved(waiting, seed);

        Assert.Equal("paid", await phone.OrderState(orderId));
        Assert.Equal((234, null), await phone.Wealth(couponId));
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal(34, (await phone.GrowthEntries()).Single().Whole("growth"));
        Assert.DoesNotContain(
            WeChat.Refunds, refund => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
    }

    [Fact]
    [Rule("ORD-08")]
    public async Task An_order_that_costs_no_money_is_paid_at_once_and_WeChat_never_hears_of_it()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        await api.Give(phone, 4_100);

        var placed = await (await phone.Order(new Wish(skuId) { Points = 4_000 })).Json();
        await api.Deliver();

        var orderId = placed.Text("orderId");
        Assert.Equal(("paid", 0), (placed.Text("state"), placed.Whole("paidFen")));
        Assert.Equal(100, await phone.SpendablePoints());
        Assert.Equal((99, 0), await api.StockOf(skuId));
        Assert.Equal("paid", (await (await phone.StartPaying(orderId)).Json()).Text("state"));
        Assert.DoesNotContain(
            WeChat.Payments, payment => payment.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_payment_begun_again_goes_on_under_its_number_and_the_payer_reads_what_it_is_for()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product(), Quantity: 2));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => phone.StartPaying(orderId)));
        var ready = await (await phone.StartPaying(orderId)).Json();

        Assert.StartsWith("prepay_id=", ready.GetProperty("parameters").Text("package"), StringComparison.Ordinal);
        var payment = WeChat.Payments.Single(one => one.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
        Assert.Equal(($"{orderId}-01", "龙井 等2件", 8_000),
            (payment.OutTradeNo, payment.Description, payment.AmountFen));
    }

    [Fact]
    public async Task A_paid_order_says_so_before_and_after_the_app_has_heard_of_it()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product()));
        WeChat.Pay(await phone.Paying(orderId));

        Assert.Equal("confirming", (await (await phone.StartPaying(orderId)).Json()).Text("state"));
        await api.Tell();
        Assert.Equal("paid", (await (await phone.StartPaying(orderId)).Json()).Text("state"));
        Assert.Equal("paid", await phone.OrderState(orderId));
    }

    [Fact]
    public async Task A_number_under_which_nobody_can_pay_is_followed_by_the_next()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product()));
        await phone.Paying(orderId);
        api.Sandbox.Failures.Add(new Failure(Prepay, FailureKind.Status, Status: 400, Code: "ORDERCLOSED"));

        WeChat.Pay(await phone.Paying(orderId, attempt: 2));
        await api.Tell();

        Assert.Equal("paid", await phone.OrderState(orderId));
    }

    [Fact]
    [Rule("D10")]
    public async Task A_second_payment_goes_back_whole_and_once()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product(priceFen: 4_000)));
        var first = await phone.Paying(orderId);
        api.Sandbox.Failures.Add(new Failure(Prepay, FailureKind.Status, Status: 400, Code: "ORDERCLOSED"));
        WeChat.Pay(await phone.Paying(orderId, attempt: 2));
        await api.Tell();

        WeChat.Pay(first, force: true);
        WeChat.NotifyAgain(first);
        await api.Tell();
        await api.Tell();

        Assert.Equal("paid", await phone.OrderState(orderId));
        await RefundedOnce(first, amountFen: 4_000);
    }

    [Theory, InlineData(3_999L, null), InlineData(null, "somebody-else")]
    public async Task Money_that_is_not_as_asked_goes_back_and_the_order_can_still_be_paid(
        long? amountFen, string? payer)
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product(priceFen: 4_000)));
        var first = await phone.Paying(orderId);
        WeChat.Pay(first, payer, amountFen);
        await api.Tell();

        Assert.Equal("awaitingPayment", await phone.OrderState(orderId));
        await RefundedOnce(first, amountFen ?? 4_000);
        WeChat.Pay(await phone.Paying(orderId, attempt: 2));
        await api.Tell();
        Assert.Equal("paid", await phone.OrderState(orderId));
    }

    [Fact]
    public async Task While_WeChat_does_not_answer_nobody_pays_and_nothing_is_lost()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Placed(new Wish(await api.Product()));
        api.Sandbox.Failures.Add(new Failure(Prepay, FailureKind.Status, Times: 50));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await phone.StartPaying(orderId)).StatusCode);
        api.Sandbox.Failures.Clear();
        WeChat.Pay(await phone.Paying(orderId));
        await api.Tell();

        Assert.Equal("paid", await phone.OrderState(orderId));
    }

    [Fact]
    [Rule("MBR-06")]
    public async Task An_order_keeps_the_benefits_of_the_tier_that_it_was_reckoned_with()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 10_000));
        await api.SetProgramme();
        await Assigned("gold"); // 2 % off, and 1.2 points for each
        var orderId = await phone.Placed(new Wish(skuId));
        await Assigned("member");
        await api.Deliver();
        var before = await phone.SpendablePoints();

        WeChat.Pay(await phone.Paying(orderId));
        await api.Tell();

        var order = await phone.Order(orderId);
        Assert.Equal(("paid", 9_800), (order.Text("state"), order.Whole("paidFen")));
        Assert.Equal(before + 117, await phone.SpendablePoints());

        async Task Assigned(string code) => (await api.Assign(
            phone.MemberId, code, api.Clock.GetUtcNow().AddDays(30))).EnsureSuccessStatusCode();
    }

    private async Task RefundedOnce(string outTradeNo, long amountFen)
    {
        WeChat.SettleRefunds();
        await api.Tell();
        var refund = WeChat.Refunds.Single(one => one.OutTradeNo == outTradeNo);
        Assert.Equal(($"{outTradeNo}-A", amountFen), (refund.RefundNo, refund.AmountFen));
    }
}
