using System.Text.Json;
using Pond.Coupons;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Coupons;
using Pond.Tests.FaultInjection;

namespace Pond.Tests.Simulation.Enumeration.Operations;

/// <summary>A part of a purchase: three pieces at 20.00, 5.00 off by a coupon, 10.00 off for points.</summary>
internal abstract class Purchasing(World world) : Operation(world)
{
    private const string Orders = "/api/orders";

    private string skuId = "";
    private string templateId = "";
    private object order = new();

    protected string OrderId { get; private set; } = "";

    protected SandboxPay WeChatPay => World.WeChat.Sandbox.Pay;

    protected IEnumerable<SandboxPayment> Payments =>
        WeChatPay.Payments.Where(one => one.OutTradeNo.StartsWith(OrderId, StringComparison.Ordinal));

    /// <summary>A shopper with points and a coupon, who has seen the price.</summary>
    public override async Task Prepare()
    {
        skuId = await Shop.Sell(World, "longjing", Purchase.PriceFen, Purchase.Stock, shards: 1);
        templateId = await Shop.PublishTemplate(World, Some.Template(stock: 1));
        await LogIn(Phone);
        await Give(Phone, Purchase.GivenPoints);
        await Must(Phone.Post(CouponSteps.ClaimsOf(templateId)));
        await PauseALittle();
        var lines = new[] { new { skuId, quantity = Purchase.Pieces } };
        var quote = await Must(Phone.Post("/api/quotes", new { lines, points = Purchase.SpentPoints }));
        Assert.Equal(Purchase.PayableFen, quote.Body.Whole("payableFen"));
        order = new { lines, points = Purchase.SpentPoints, quoteToken = quote.Body.Text("token") };
    }

    protected async Task Place()
    {
        var placed = await Ask(Phone, Orders, order);
        Assert.Equal(201, placed.Status);
        OrderId = placed.Body.Text("orderId");
    }

    /// <summary>WeChat is ready to be paid.</summary>
    protected async Task Begin()
    {
        var begun = await Must(Phone.Post($"{Orders}/{OrderId}/payment"));
        Assert.Equal("ready", begun.Body.Text("state"));
        Assert.Single(Payments);
    }

    protected void Pay() => WeChatPay.Pay(Assert.Single(Payments).OutTradeNo);

    protected async Task<JsonElement> TheOrder()
    {
        Assert.Single(await Items(Phone, "/api/me/orders"));
        return (await Must(Phone.Get($"{Orders}/{OrderId}"))).Body;
    }

    // An order goes on, so a later answer tells of a later state of the same one.
    protected override void AssertSame(Reply reply, Reply again) => Assert.Equal(
        (reply.Status, Thing(reply.Body)), (again.Status, Thing(again.Body)));

    /// <summary>Nothing was paid, and all of it is free again.</summary>
    protected async Task AssertCancelled()
    {
        Assert.Equal("cancelled", (await TheOrder()).Text("state"));
        Assert.All(Payments, payment => Assert.Equal((0, SandboxTradeState.Closed), (payment.PaidFen, payment.State)));
        await AssertShop(sold: 0);
        Assert.Equal(CouponState.Issued, Assert.Single(Shop.CouponsOf(World, Phone, templateId)).State);
        await AssertPoints(Purchase.GivenPoints);
    }

    /// <summary>It was paid once, and so many of its pieces were paid back, once.</summary>
    /// <param name="isRestocked">Whether the shop has them again.</param>
    protected async Task AssertPaid(int backPieces, bool isRestocked = true)
    {
        var (isAllBack, keptPieces) = (backPieces == Purchase.Pieces, Purchase.Pieces - backPieces);
        var (backFen, keptFen) = (Purchase.RefundFen * backPieces, Purchase.RefundFen * keptPieces);
        var seen = await TheOrder();
        Assert.Equal(
            (isAllBack ? "refunded" : "paid", Purchase.PayableFen, backFen),
            (seen.Text("state"), seen.Whole("paidFen"), seen.Whole("refundedFen")));
        var payment = Assert.Single(Payments);
        Assert.Equal((Purchase.PayableFen, backFen), (payment.PaidFen, payment.RefundedFen));
        var refunds = WeChatPay.Refunds.Where(refund => refund.OutTradeNo == payment.OutTradeNo).ToList();
        Assert.Equal(backPieces > 0 ? 1 : 0, refunds.Count);
        Assert.All(refunds, refund => Assert.Equal(SandboxRefundStatus.Success, refund.Status));
        await AssertShop(sold: isRestocked ? keptPieces : Purchase.Pieces);
        var coupon = Assert.Single(Shop.CouponsOf(World, Phone, templateId));
        Assert.Equal(isAllBack ? CouponState.Issued : CouponState.Used, coupon.State);
        await AssertPoints(Purchase.GivenPoints - SpentOn(keptPieces) + (keptFen / 100));
        Assert.Equal(keptFen / 100, (await Must(Phone.Get("/api/me/tier"))).Body.Whole("totalGrowth"));
    }

    private static long SpentOn(int pieces) =>
        Purchase.SpentPoints - (Purchase.SpentPoints * (Purchase.Pieces - pieces) / Purchase.Pieces);

    private async Task AssertShop(int sold)
    {
        var stock = (await Must(World.Owner.Get($"/api/operator/skus/{skuId}/stock"))).Body;
        Assert.Equal((Purchase.Stock - sold, 0), (stock.Whole("onHand"), stock.Whole("reserved")));
        Assert.Empty(await Items(World.Owner, "/api/operator/payment-tickets"));
    }

    private async Task AssertPoints(long points)
    {
        var entries = await Items(Phone, "/api/me/points/entries");
        Assert.Equal(points, entries.Sum(entry => entry.Whole("points")));
        Assert.Equal(points, (await Must(Phone.Get("/api/me/points"))).Body.Whole("spendablePoints"));
        Assert.Distinct(entries.Select(entry => (entry.Text("causeKind"), entry.Whole("points") < 0)));
    }

    private static string Thing(JsonElement answer) =>
        answer.TryGetProperty("orderId", out var orderId) ? orderId.GetString()! : answer.GetRawText();
}
