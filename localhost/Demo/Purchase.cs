namespace Pond.LocalHost.Demo;

/// <summary>The shopper buys two boxes, pays at the sandbox, and gets one of them refunded.</summary>
internal sealed class Purchase(Walk walk, Display display, Run run, Opening opening, Journey journey)
{
    private const int Boxes = 2;

    private QuoteAnswer quote = null!;
    private OrderAnswer order = null!;
    private PaymentAnswer payment = null!;
    private long pointsBefore;

    /// <summary>What she can spend in the end. Known once the stage is over.</summary>
    public long PointsLeft { get; private set; }

    public Stage Stage => new(
        "下单与退款 · Buying", [GetQuote, Place, PlaceAgain, Prepare, Pay, SeePaid, SeeRewards, Refund, SeeRefunded]);

    private string Bearer => journey.Bearer;

    private async Task GetQuote()
    {
        pointsBefore = await Points();
        quote = await walk.Step<QuoteAnswer>(
            "算价",
            BuyingApi.Quote(Bearer, TeaShop.Tea, Boxes),
            cart => $"{Boxes} 件 {Money.Text(cart.ListFen)}，{TeaShop.Reduction.Name} -{Money.Text(cart.PromotionOffFen)}，"
                + $"应付 {Money.Text(cart.PayableFen)}，可得 {cart.EarnsPoints} 分",
            cart => cart.PayableFen == (Boxes * TeaShop.Tea.PriceFen) - TeaShop.Reduction.OffFen);
    }

    private async Task Place() => order = await walk.Step<OrderAnswer>(
        "下单", Ordering(), placed => $"订单 {placed.OrderId}，库存已预留", placed => placed.State == "awaitingPayment");

    private async Task PlaceAgain() => await walk.Step<OrderAnswer>(
        "同一请求编号再下一次",
        Ordering(),
        _ => "同一个 Idempotency-Key，还是同一笔订单",
        again => again.OrderId == order.OrderId);

    private async Task Prepare() => payment = await walk.Step<PaymentAnswer>(
        "发起支付",
        BuyingApi.Pay(Bearer, order.OrderId, run.Key("payment")),
        start => $"微信已受理，{Money.Text(start.PayableFen)}",
        start => start is { State: "ready", Parameters: not null });

    private async Task Pay() => await walk.Step<SandboxPaymentAnswer>(
        "在沙箱付款",
        BuyingApi.RequestPayment(run.Sandbox, TeaShop.Shopper, payment.Parameters!),
        paid => $"微信单号 {paid.TransactionId}，通知在路上",
        paid => paid.PaidFen == quote.PayableFen);

    private async Task SeePaid()
    {
        var (_, answer) = await walk.LookUntil<OrderAnswer>(
            BuyingApi.Order(Bearer, order.OrderId), one => one.State == "paid");
        display.Step("通知到达", answer, "验签、解密、核对后，订单已支付");
    }

    private async Task SeeRewards()
    {
        var wanted = pointsBefore + quote.EarnsPoints;
        var (points, answer) = await walk.LookUntil<PointsAnswer>(
            Api.Points(Bearer), one => one.SpendablePoints == wanted);
        var (tier, _) = await walk.LookUntil<TierAnswer>(
            BuyingApi.Tier(Bearer), one => one.TotalGrowth >= quote.EarnsGrowth);
        display.Step("积分与成长值", answer, $"+{quote.EarnsPoints} 分，可用 {points.SpendablePoints}；成长值 {tier.TotalGrowth}");
    }

    private async Task Refund() => await walk.Step<RefundAnswer>(
        "店员退一件",
        BuyingApi.Refund(opening.Operator.Key, order.OrderId, 1, run.Key("refund")),
        refund => $"退 {Money.Text(refund.AmountFen)}，已向微信申请",
        refund => refund.AmountFen == quote.PayableFen / Boxes);

    private async Task SeeRefunded()
    {
        var (refunded, _) = await walk.LookUntil<OrderAnswer>(
            BuyingApi.Order(Bearer, order.OrderId), one => one.RefundedFen > 0);
        var kept = (quote.PayableFen - refunded.RefundedFen) / Money.FenPerYuan;
        var (points, answer) = await walk.LookUntil<PointsAnswer>(
            Api.Points(Bearer), one => one.SpendablePoints == pointsBefore + kept);
        PointsLeft = points.SpendablePoints;
        display.Step("退款到账", answer, $"退回 {Money.Text(refunded.RefundedFen)}，积分随之收回，可用 {PointsLeft}");
    }

    private Request Ordering() => BuyingApi.Place(Bearer, TeaShop.Tea, Boxes, quote.Token, run.Key("order"));

    private async Task<long> Points() => (await walk.Ask<PointsAnswer>(Api.Points(Bearer))).SpendablePoints;
}
