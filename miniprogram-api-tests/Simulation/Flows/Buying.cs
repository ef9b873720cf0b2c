using System.Text.Json;
using Pond.Coupons;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Points;
using Pond.Products;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// From quote to order, payment and refund, with coupons and points, by shoppers who change their minds: our books are
/// WeChat's when all is quiet.
/// </summary>
internal sealed class Buying : Flow
{
    private const int Stock = 40;
    private const long PriceFen = 2_000;
    private const long FenPerPoint = 100;

    private readonly List<string> told = [];
    private readonly HashSet<string> odd = [];
    private string skuId = "";
    private string templateId = "";

    public override int Weight => 40;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "longjing", PriceFen, Stock, shards: 2);
        templateId = await Shop.PublishTemplate(world, Some.Template(stock: 100, perMember: 5));
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        string[] coupons = world.Chance.Below(3) == 0 ? await Coupon(world, phone) : [];
        var points = world.Chance.Below(4) == 0 ? 100 : 0;
        var lines = new[] { new { skuId, quantity = 1 + world.Chance.Below(4) } };
        var quote = await phone.Post("/api/quotes", new { lines, couponIds = coupons, points });
        if (!quote.IsSuccess) return;

        var placed = await phone.Post(
            "/api/orders", new { lines, couponIds = coupons, points, quoteToken = quote.Body.Text("token") });
        if (!placed.IsSuccess) return;
        var orderId = placed.Body.Text("orderId");
        told.Add(orderId);
        await GoOn(world, phone, orderId);
    }

    public override Task Look(World world)
    {
        var rows = world.StoredRows();
        Order[] orders =
        [
            .. rows.Where(row => row.Partition.StartsWith("m:", StringComparison.Ordinal)
                    && row.Key.StartsWith(OrderRows.Prefix + ":", StringComparison.Ordinal))
                .Select(row => Stored.Read<Order>(row.Data)),
        ];
        Assert.All(told, orderId => Assert.Contains(orders, order => order.Id == orderId));
        Assert.All(orders, order => Assert.False(order.IsOpen(), $"{order.Id} is {order.State}"));
        foreach (var order in orders) AssertPaid(world, order, rows);
        AssertWeChatKnowsOnly(world, orders);
        AssertStock(rows, orders);
        AssertNothingIsKept(rows, orders);
        return Task.CompletedTask;
    }

    // Paying, thinking again, asking back, walking away: a shop sees it all.
    private async Task GoOn(World world, SimulatedPhone phone, string orderId)
    {
        var mind = world.Chance.Below(10);
        if (mind == 0) return; // walks away
        if (mind == 1)
        {
            await phone.Post($"/api/orders/{orderId}/cancellation", new { });
            return;
        }

        var paying = await phone.Post($"/api/orders/{orderId}/payment");
        if (mind is 2 or 6) // with the phone's question open
        {
            await phone.Post($"/api/orders/{orderId}/cancellation", new { });
            await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(4)));
        }

        if (paying.IsSuccess && paying.Body.Text("state") == "ready") await Pay(world, phone, paying.Body);
        if (mind is 3 or 4 or 7) await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        if (mind is 3 or 4 or 5 or 7) await AskBack(world, phone, orderId, mind);
    }

    private async Task Pay(World world, SimulatedPhone phone, JsonElement payment)
    {
        await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(world.Chance.Below(8) == 0 ? 7 : 1)));
        var asked = payment.GetProperty("parameters");
        try
        {
            if (PayOddly(world, payment.Text("orderId"))) return;
            world.WeChat.Sandbox.Pay.RequestPayment(phone.Name, new PaymentRequest(
                asked.Text("timeStamp"), asked.Text("nonceStr"), asked.Text("package"), asked.Text("signType"),
                asked.Text("paySign")));
        }
        catch (InvalidOperationException tooLate)
        {
            world.Trace.Add("not paid", tooLate.Message); // WeChat tells the shopper
        }
    }

    // What WeChat promises never happens; when it does, all of it goes back.
    private bool PayOddly(World world, string orderId)
    {
        var open = world.WeChat.Sandbox.Pay.Payments.Last(
            payment => payment.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
        var isLate = open.State is SandboxTradeState.Closed && world.Strikes(FaultKind.PaidLate);
        if (!isLate && !world.Strikes(FaultKind.AmountDiffers)) return false;
        world.WeChat.Sandbox.Pay.Pay(open.OutTradeNo, amountFen: isLate ? null : open.AmountFen - 1, force: isLate);
        odd.Add(open.OutTradeNo);
        return true;
    }

    private static Task AskBack(World world, SimulatedPhone phone, string orderId, int mind) => mind switch
    {
        3 => GiveOneBack(world, orderId),
        4 => phone.Post($"/api/orders/{orderId}/refunds", new { kind = "refundOnly", reason = "other" }),
        _ => Task.WhenAll(GiveOneBack(world, orderId), GiveOneBack(world, orderId), GiveAllBack(world, orderId)),
    };

    private static Task<Reply> GiveOneBack(World world, string orderId) =>
        world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new
        {
            lines = new[] { new { lineNumber = 1, quantity = 1 } },
            reason = "少发一件",
            restockedLines = new[] { 1 },
        });

    private static Task<Reply> GiveAllBack(World world, string orderId) =>
        world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new { reason = "缺货" });

    private async Task<string[]> Coupon(World world, SimulatedPhone phone)
    {
        await phone.Post($"/api/coupons/{templateId}/claims");
        await world.Pause(TimeSpan.FromSeconds(2));
        return
        [
            .. Shop.CouponsOf(world, phone, templateId).Where(coupon => coupon.State is CouponState.Issued)
                .Select(coupon => coupon.Id).Take(1),
        ];
    }

    /// <summary>WeChat has the money of what is paid, and has paid back what went back.</summary>
    private void AssertPaid(World world, Order order, StoredRow[] rows)
    {
        var payments = world.WeChat.Sandbox.Pay.Payments
            .Where(payment => payment.OutTradeNo.StartsWith(order.Id, StringComparison.Ordinal)).ToList();
        var taken = payments.Sum(payment => payment.PaidFen);
        var back = payments.Sum(payment => payment.RefundedFen);
        var isPaid = order.State is OrderState.Paid or OrderState.Shipped or OrderState.Completed or OrderState.Refunded;
        var kept = isPaid ? order.Payment!.AmountFen - order.RefundedFen() : 0;
        if (!payments.Exists(payment => IsWithPeople(payment, rows))) Assert.Equal(kept, taken - back);
        if (isPaid) Assert.Equal(order.Cart.PayableFen(), order.Payment!.AmountFen);
        Assert.True(isPaid || order.State is OrderState.Cancelled, $"{order.Id} is {order.State}");
        if (!isPaid) Assert.All(payments, payment => Assert.True(payment.PaidFen == 0 || odd.Contains(payment.OutTradeNo)));
    }

    /// <summary>I8: what WeChat does not pay back stands in an open ticket.</summary>
    private static bool IsWithPeople(SandboxPayment payment, StoredRow[] rows) => rows.Any(row =>
        row.Key.StartsWith(TicketRows.OpenPrefix + ":", StringComparison.Ordinal)
        && row.Data.Contains(payment.OutTradeNo, StringComparison.Ordinal));

    private static void AssertWeChatKnowsOnly(World world, Order[] orders) =>
        Assert.All(world.WeChat.Sandbox.Pay.Payments, payment => Assert.Contains(
            orders, order => payment.OutTradeNo.StartsWith(order.Id, StringComparison.Ordinal)));

    /// <summary>
    /// No coupon and no point is held any more, a used coupon is a paid order's, and a cancelled one has cost nothing.
    /// </summary>
    private static void AssertNothingIsKept(StoredRow[] rows, Order[] orders)
    {
        var ofMembers = rows.Where(row => row.Partition.StartsWith("m:", StringComparison.Ordinal)).ToList();
        Coupon[] coupons =
        [
            .. ofMembers.Where(row => row.Key.StartsWith(WalletRows.Prefix + ":", StringComparison.Ordinal))
                .Select(row => Stored.Read<Coupon>(row.Data)),
        ];
        Assert.DoesNotContain(coupons, coupon => coupon.State is CouponState.Reserved);
        var cancelled = orders.Where(order => order.State is OrderState.Cancelled).Select(order => order.Id).ToHashSet();
        Assert.DoesNotContain(coupons, coupon => coupon.State is CouponState.Used && cancelled.Contains(coupon.OrderId!));
        Assert.All(
            ofMembers.Where(row => row.Key == PointsRows.BalanceRow).Select(row => Stored.Read<Balance>(row.Data)),
            balance => Assert.Equal(0, balance.HeldPoints));
        var entries = ofMembers.Where(row => row.Key.StartsWith(PointsRows.EntryPrefix + ":", StringComparison.Ordinal))
            .Select(row => Stored.Read<Entry>(row.Data)).ToLookup(entry => entry.Cause.Id);
        foreach (var order in orders.Where(order => order.Refunds.Count == 0))
        {
            var earned = order.State is OrderState.Cancelled ? 0 : order.Payment!.AmountFen / FenPerPoint;
            var spent = order.State is OrderState.Cancelled ? 0 : order.Cart.UsedPoints;
            Assert.Equal(earned - spent, entries[order.Id].Sum(entry => entry.Points));
        }
    }

    private void AssertStock(StoredRow[] rows, Order[] orders)
    {
        var shards = Enumerable.Range(0, 2).Select(shard => StockRows.Partition(skuId, shard)).ToHashSet();
        StoredRow[] own = [.. rows.Where(row => shards.Contains(row.Partition))];
        StockShard[] heads = [.. own.Where(row => row.Key == StockRows.Head).Select(row => Stored.Read<StockShard>(row.Data))];
        OrderStock[] each =
        [
            .. own.Where(row => row.Key.StartsWith("order:", StringComparison.Ordinal))
                .Select(row => Stored.Read<OrderStock>(row.Data)),
        ];
        Assert.Equal(0, heads.Sum(head => head.Reserved));
        Assert.DoesNotContain(each, one => one is { State: OrderStockState.Reserved, Quantity: > 0 });
        var sold = each.Where(one => one.State is OrderStockState.Confirmed).Sum(one => one.Quantity - one.Returned);
        Assert.Equal(Stock - sold, heads.Sum(head => head.OnHand));
        foreach (var order in orders)
        {
            var has = each.Where(one => one.OrderId == order.Id && one.State is OrderStockState.Confirmed)
                .Sum(one => one.Quantity);
            Assert.Equal(order.State is OrderState.Cancelled ? 0 : order.Cart.Lines.Sum(line => line.Quantity), has);
        }
    }
}
