using Pond.Activities;
using Pond.LocalHost.WeChatSandbox;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Tests.Activities;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>ORD-14: orders that are part of a group, a bargain or a flash sale.</summary>
[Rule("ORD-14")]
public sealed class OrderingDeals(DealApp app) : IClassFixture<DealApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("ORD-01")]
    public async Task It_costs_what_the_activity_says_takes_a_piece_of_its_stock_and_is_placed_once()
    {
        var (deal, phone) = await Wishing();
        var key = Phone.NewKey();

        var first = await phone.PlaceDeal(deal, key);
        var again = await phone.PlaceDeal(deal, key);

        Assert.Equal((null, OrderState.AwaitingPayment, 3_000), (first.WhyNot, first.Order!.State, first.Order.PayableFen));
        Assert.Equal(first.Order.OrderId, again.Order!.OrderId);
        Assert.Equal(((90, 0), (10, 1)), await Pieces(deal));
        var order = await phone.Order(first.Order.OrderId);
        Assert.Equal((4_000, 3_000), (order.Whole("listFen"), order.Whole("payableFen")));
        Assert.Equal(deal.SubjectId, order.GetProperty("deal").Text("subjectId"));
        var hold = app.KeeperOf(deal.Kind).Kept[first.Order.OrderId];
        Assert.Equal((deal.SubjectId, phone.MemberId, 1, 3_000), (hold.SubjectId, hold.MemberId, hold.Quantity, hold.PriceFen));
    }

    [Fact]
    public async Task One_that_is_cancelled_frees_its_piece_and_its_activity_hears_of_it()
    {
        var (deal, phone) = await Wishing();
        var placed = await phone.PlaceDeal(deal);

        (await phone.Cancel(placed.Order!.OrderId)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal([DealMove.Cancelled], app.Heard(deal));
        Assert.Equal(((90, 0), (10, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task One_that_nobody_pays_in_its_time_is_cancelled_by_itself_and_its_activity_hears_of_it()
    {
        var (deal, phone) = await Wishing(ActivityKind.FlashSale);
        await phone.PlaceDeal(deal);

        api.Clock.MoveTo(deal.PayBy.AddMinutes(3));
        await api.Fire(nameof(CancelUnpaidOrders));
        await api.Deliver();

        Assert.Equal([DealMove.Cancelled], app.Heard(deal));
        Assert.Equal(((90, 0), (10, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task One_whose_seat_cannot_be_kept_is_given_up_and_keeps_nothing()
    {
        var (deal, phone) = await Wishing();
        app.KeeperOf(deal.Kind).Full[deal.SubjectId] = true;

        var placed = await phone.PlaceDeal(deal);
        await api.Deliver();

        Assert.Equal(("test.no_seat", OrderState.Cancelled), (placed.WhyNot!.Code, placed.Order!.State));
        Assert.Equal([DealMove.Cancelled], app.Heard(deal));
        Assert.Equal(((90, 0), (10, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task When_the_activity_s_stock_is_sold_out_the_rest_of_the_stock_is_no_help()
    {
        var deal = await app.NewDeal(pieces: 2);
        var placed = new List<DealPlacement>();
        foreach (var _ in Enumerable.Range(0, 3)) placed.Add(await (await app.Newcomer()).PlaceDeal(deal));

        Assert.Equal([null, null, "stock.sold_out"], placed.Select(one => one.WhyNot?.Code));
        Assert.Equal(((98, 0), (2, 2)), await Pieces(deal));
    }

    [Fact]
    public async Task One_that_is_paid_and_waits_is_not_sent_not_asked_back_and_brings_nothing()
    {
        var (deal, phone) = await Wishing();

        var orderId = await phone.BoughtDeal(deal);

        Assert.Equal("paid", await phone.OrderState(orderId));
        Assert.Equal([DealMove.Paid], app.Heard(deal));
        Assert.Equal("deal.not_to_send", await (await api.Ship(orderId)).Code());
        Assert.Equal("deal.waits", await (await phone.AskBack(orderId)).Code());
        Assert.Equal("deal.waits", await (await api.Operator().Post(
            $"/api/operator/orders/{orderId}/refunds", new { reason = "补偿" })).Code());
        Assert.Equal(0, await phone.SpendablePoints());
        Assert.Equal(((90, 0), (9, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task Once_it_has_come_about_it_brings_its_points_and_is_sent()
    {
        var (deal, phone) = await Wishing();
        var orderId = await phone.BoughtDeal(deal);

        await api.Settle(deal.Settled(orderId, phone.MemberId));

        Assert.Equal(30, await phone.SpendablePoints());
        Assert.Empty(AtWeChat(orderId));
        (await api.Ship(orderId)).EnsureSuccessStatusCode();
        Assert.Equal("shipped", await phone.OrderState(orderId));
    }

    [Fact]
    public async Task A_lower_price_in_the_end_pays_the_difference_back_once_and_everything_follows_from_that_price()
    {
        var (deal, phone) = await Wishing(quantity: 2);
        var orderId = await phone.BoughtDeal(deal);

        await api.Settle(deal.Settled(orderId, phone.MemberId, priceFen: 2_500));
        await api.Settle(deal.Settled(orderId, phone.MemberId, priceFen: 2_500));

        Assert.Equal(1_000, Assert.Single(AtWeChat(orderId)).AmountFen);
        var order = await phone.Order(orderId);
        Assert.Equal((6_000, 1_000), (order.Whole("paidFen"), order.Whole("refundedFen")));
        Assert.Equal(50, await phone.SpendablePoints());

        await phone.Refunded(orderId, [(1, 1)]);
        Assert.Equal(25, await phone.SpendablePoints());
        await phone.Refunded(orderId, [(1, 1)]);

        Assert.Equal([1_000, 2_500, 2_500], AtWeChat(orderId).Select(refund => refund.AmountFen).Order());
        Assert.Equal(0, await phone.SpendablePoints());
        Assert.Equal("refunded", await phone.OrderState(orderId));
        Assert.Equal([DealMove.Paid, DealMove.Refunded], app.Heard(deal));
        Assert.Equal(((90, 0), (10, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task One_that_does_not_come_about_gives_all_back_once_and_takes_no_points_that_never_came()
    {
        var (deal, phone) = await Wishing();
        var orderId = await phone.BoughtDeal(deal);
        await api.Give(phone, 7);

        await api.Hear(OrderMessages.DealSettled(deal.Settled(orderId, phone.MemberId, reason: "拼团失败")));
        Assert.Equal("deal.not_to_send", await (await api.Ship(orderId)).Code());
        Assert.Equal("refund.nothing_left", await (await phone.AskBack(orderId)).Code());
        await api.PayBack();
        await api.Settle(deal.Settled(orderId, phone.MemberId, reason: "拼团失败"));

        Assert.Equal(3_000, Assert.Single(AtWeChat(orderId)).AmountFen);
        Assert.Equal(("refunded", 7), (await phone.OrderState(orderId), await phone.SpendablePoints()));
        Assert.Equal([DealMove.Paid, DealMove.Refunded], app.Heard(deal));
        Assert.Equal(((90, 0), (10, 0)), await Pieces(deal));
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Of_several_answers_the_first_counts_however_often_and_late_they_come(int seed)
    {
        var (deal, phone) = await Wishing();
        var orderId = await phone.BoughtDeal(deal);
        var before = Redelivery.Waiting(api);
        await api.Settle(deal.Settled(orderId, phone.MemberId, priceFen: 2_000));

        await api.Tell(
            OrderMessages.DealSettled(deal.Settled(orderId, phone.MemberId, priceFen: 1_000)),
            OrderMessages.DealSettled(deal.Settled(orderId, phone.MemberId, reason: "拼团失败")));
        await SendThrice(Redelivery.Waiting(api).Except(before), seed);
        await api.PayBack();

        Assert.Equal(1_000, Assert.Single(AtWeChat(orderId)).AmountFen);
        Assert.Equal(("paid", 20), (await phone.OrderState(orderId), await phone.SpendablePoints()));
        (await api.Ship(orderId)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task An_answer_for_an_order_that_nobody_has_paid_does_nothing()
    {
        var (deal, phone) = await Wishing();
        var placed = await phone.PlaceDeal(deal);

        await api.Settle(deal.Settled(placed.Order!.OrderId, phone.MemberId, reason: "拼团失败"));
        await api.Settle(deal.Settled(placed.Order.OrderId, phone.MemberId, priceFen: 1));

        Assert.Equal("awaitingPayment", await phone.OrderState(placed.Order.OrderId));
        Assert.Empty(AtWeChat(placed.Order.OrderId));
    }

    [Theory, InlineData(ActivityKind.Bargain), InlineData(ActivityKind.FlashSale)]
    public async Task One_that_waits_for_nothing_is_like_any_paid_order(ActivityKind kind)
    {
        var (deal, phone) = await Wishing(kind, quantity: 2);

        var orderId = await phone.BoughtDeal(deal);
        Assert.Equal(60, await phone.SpendablePoints());
        await api.Settle(deal.Settled(orderId, phone.MemberId, reason: "没有这回事")); // nobody has to say anything
        await phone.Refunded(orderId, [(1, 1)]);
        Assert.Equal([DealMove.Paid], app.Heard(deal));
        (await api.Ship(orderId)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(("shipped", 30), (await phone.OrderState(orderId), await phone.SpendablePoints()));
        Assert.Equal(((90, 0), (9, 0)), await Pieces(deal));
    }

    [Fact]
    public async Task Money_that_comes_for_a_cancelled_one_goes_back_and_its_activity_hears_of_the_end_alone()
    {
        var (deal, phone) = await Wishing();
        var orderId = (await phone.PlaceDeal(deal)).Order!.OrderId;
        var number = await phone.Paying(orderId);
        await phone.Cancel(orderId);
        api.Sandbox.Pay.Pay(number); // before WeChat was asked to close it
        await api.PayBack();

        Assert.Equal([DealMove.Paid], app.Heard(deal)); // who has paid has paid
        Assert.Equal("paid", await phone.OrderState(orderId));
    }

    private IEnumerable<SandboxRefund> AtWeChat(string orderId) => api.Sandbox.Pay.Refunds
        .Where(refund => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));

    private async Task<(Deal Deal, Phone Phone)> Wishing(
        ActivityKind kind = ActivityKind.GroupBuy, int quantity = 1)
    {
        var deal = await app.NewDeal(kind, quantity: quantity);
        return (deal, await api.LogIn(deal.Shopper));
    }

    private async Task<((int, int) Own, (int, int) Allotted)> Pieces(Deal deal) =>
        (await api.PiecesOf(deal.SkuId), await api.AllottedTo(deal.ActivityId, deal.SkuId));

    private async Task SendThrice(IEnumerable<StoredRow> rows, int seed)
    {
        var queues = (Pond.Platform.Queues.MessageQueues)api.Services.GetService(
            typeof(Pond.Platform.Queues.MessageQueues))!;
        StoredRow[] pointers = [.. rows, .. rows, .. rows];
        new Random(seed).Shuffle(pointers);
        foreach (var row in pointers)
        {
            var outbox = Stored.Read<OutboxRow>(row.Data);
            await queues.Send(
                outbox.Queue, new OutboxPointer(row.Partition, outbox.Id).ToString(), TimeSpan.Zero,
                CancellationToken.None);
        }

        await api.Deliver();
    }
}
