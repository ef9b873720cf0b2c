using Pond.Coupons;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Points;
using Pond.Products;
using Pond.Tests.Processes;

namespace Pond.Tests.Simulation.Flows;

/// <summary>What must be true of all orders when all is quiet, whoever was told what: in our books and in WeChat's.</summary>
internal sealed class BooksOfOrders
{
    private const long FenPerPoint = 100;

    private readonly World world;
    private readonly HashSet<string> odd;
    private readonly StoredRow[] rows;
    private readonly StoredRow[] ofMembers;
    private readonly Order[] orders;
    private readonly Entry[] entries;

    /// <param name="odd">Numbers under which WeChat has taken what it promises never to take.</param>
    public BooksOfOrders(World world, HashSet<string> odd)
    {
        (this.world, this.odd) = (world, odd);
        rows = world.StoredRows();
        ofMembers = [.. rows.Where(row => row.Partition.StartsWith("m:", StringComparison.Ordinal))];
        orders = Read<Order>(OrderRows.Prefix);
        entries = Read<Entry>(PointsRows.EntryPrefix);
    }

    /// <summary>Orders of a member for which there was all they needed.</summary>
    public int PlacedBy(string memberId) => orders.Count(order =>
        order.MemberId == memberId && order.Cancelled?.Cause is not CancelCause.NotReserved);

    /// <summary>Pieces that somebody has asked back, and how many there are.</summary>
    public (int Asked, int All) AskedBack(string orderId)
    {
        var order = orders.Single(order => order.Id == orderId);
        return (order.Refunds.Where(RefundShareRules.Counts).Sum(Pieces), order.Cart.Lines.Single().Quantity);
    }

    public void AssertAll(string skuId, int stock)
    {
        Assert.All(orders, order => Assert.False(order.IsOpen(), $"{order.Id} is {order.State}"));
        foreach (var order in orders)
        {
            AssertPaid(order);
            AssertPoints(order);
            AssertRefunds(order);
        }

        AssertWeChatKnowsOnly();
        AssertStock(skuId, stock);
        AssertNothingIsKept();
    }

    private T[] Read<T>(string prefix) =>
    [
        .. ofMembers.Where(row => row.Key.StartsWith(prefix + ":", StringComparison.Ordinal))
            .Select(row => Stored.Read<T>(row.Data)),
    ];

    /// <summary>WeChat has the money of what is paid, and has paid back what went back.</summary>
    private void AssertPaid(Order order)
    {
        var payments = world.WeChat.Sandbox.Pay.Payments
            .Where(payment => payment.OutTradeNo.StartsWith(order.Id, StringComparison.Ordinal)).ToList();
        var taken = payments.Sum(payment => payment.PaidFen);
        var back = payments.Sum(payment => payment.RefundedFen);
        var isPaid = order.State is OrderState.Paid or OrderState.Shipped or OrderState.Completed or OrderState.Refunded;
        var kept = isPaid ? order.Payment!.AmountFen - order.RefundedFen() : 0;
        if (!payments.Exists(payment => IsWithPeople(payment))) Assert.Equal(kept, taken - back);
        if (isPaid) Assert.Equal(order.Cart.PayableFen() + (order.Deal?.Rebate?.AmountFen ?? 0), order.Payment!.AmountFen);
        Assert.True(isPaid || order.State is OrderState.Cancelled, $"{order.Id} is {order.State}");
        if (!isPaid) Assert.All(payments, payment => Assert.True(payment.PaidFen == 0 || odd.Contains(payment.OutTradeNo)));
    }

    /// <summary>I8: what WeChat does not pay back stands in an open ticket.</summary>
    private bool IsWithPeople(SandboxPayment payment) => rows.Any(row =>
        row.Key.StartsWith(TicketRows.OpenPrefix + ":", StringComparison.Ordinal)
        && row.Data.Contains(payment.OutTradeNo, StringComparison.Ordinal));

    private void AssertWeChatKnowsOnly() =>
        Assert.All(world.WeChat.Sandbox.Pay.Payments, payment => Assert.Contains(
            orders, order => payment.OutTradeNo.StartsWith(order.Id, StringComparison.Ordinal)));

    /// <summary>
    /// No coupon and no point is held any more, a used coupon is a paid order's, and a cancelled one has cost nothing.
    /// </summary>
    private void AssertNothingIsKept()
    {
        var coupons = Read<Coupon>(WalletRows.Prefix);
        Assert.DoesNotContain(coupons, coupon => coupon.State is CouponState.Reserved);
        var cancelled = orders.Where(order => order.State is OrderState.Cancelled).Select(order => order.Id).ToHashSet();
        Assert.DoesNotContain(coupons, coupon => coupon.State is CouponState.Used && cancelled.Contains(coupon.OrderId!));
        Assert.All(
            ofMembers.Where(row => row.Key == PointsRows.BalanceRow).Select(row => Stored.Read<Balance>(row.Data)),
            balance => Assert.Equal(0, balance.HeldPoints));
    }

    // What of the price goes back by a person, since WeChat does not pay it.
    private static long Owed(Order order) =>
        order.Deal?.Rebate is { IsPaid: false } rebate ? rebate.AmountFen : 0;

    /// <summary>I6: an order has brought the points that the money left of it is worth, and cost what did not come back.</summary>
    private void AssertPoints(Order order)
    {
        var own = entries.Where(entry => entry.Cause.Id == order.Id
            || entry.Cause.Id.StartsWith($"{Cause.Order}.{order.Id}.", StringComparison.Ordinal));
        var back = order.Refunds.Where(refund => refund.State is RefundState.Refunded).Sum(refund => refund.Points);
        var keptFen = order.Deal?.State is DealState.Failed // its money goes back, be it by a person
            ? 0
            : order.Payment?.AmountFen - order.RefundedFen() - Owed(order) ?? 0;
        var should = order.State is OrderState.Cancelled ? 0 : keptFen / FenPerPoint - (order.Cart.UsedPoints - back);
        Assert.True(own.Sum(entry => entry.Points) == should, $"{order.Id}: {should}, not {string.Join(", ", own)}");
    }

    /// <summary>I5: no piece is asked back twice, and no way of asking in parts brings more than was paid.</summary>
    private static void AssertRefunds(Order order)
    {
        RefundLine[] asked = [.. order.Refunds.Where(RefundShareRules.Counts).SelectMany(refund => refund.Lines)];
        if (asked.Length == 0) return;
        var line = order.Cart.Lines.Single();
        var pieces = asked.Sum(one => one.Quantity);
        Assert.InRange(pieces, 0, line.Quantity); // what is sent costs no freight here
        Assert.Equal(line.PayFen() * pieces / line.Quantity, asked.Sum(one => one.AmountFen));
        Assert.Equal(order.Cart.UsedPoints * pieces / line.Quantity, asked.Sum(one => one.Points));
    }

    private static int Pieces(OrderRefund refund) => refund.Lines.Sum(line => line.Quantity);

    private void AssertStock(string skuId, int stock)
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
        Assert.Equal(stock - sold, heads.Sum(head => head.OnHand));
        // Deals have their activity's stock.
        foreach (var order in orders.Where(
            order => order.Deal is null && order.Cart.Lines.All(line => line.SkuId == skuId)))
        {
            var has = each.Where(one => one.OrderId == order.Id && one.State is OrderStockState.Confirmed)
                .Sum(one => one.Quantity);
            Assert.Equal(order.State is OrderState.Cancelled ? 0 : order.Cart.Lines.Sum(line => line.Quantity), has);
        }
    }
}
