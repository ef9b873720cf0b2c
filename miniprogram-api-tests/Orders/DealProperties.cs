using FsCheck;
using FsCheck.Fluent;
using Pond.Activities;
using Pond.Orders;
using Pond.Payments;
using Pond.Pricing;

namespace Pond.Tests.Orders;

/// <summary>Orders that waited, at any price in the end, paid back in any parts.</summary>
[Rule("ORD-14")]
public sealed class DealProperties
{
    [Fact, Rule("ORD-05")]
    public void The_difference_and_the_refunds_add_up_to_what_was_paid() => Prop.ForAll(Any, given =>
    {
        var history = Fulfilled(given.Cart, given.EndFen);
        var rebate = history.Order.Deal!.Rebate;
        var random = new Random(given.Seed);
        var isPaidAtOnce = random.Next(2) == 0;
        if (isPaidAtOnce) Hear(history, rebate);
        while (history.Order.State is OrderState.Paid)
        {
            history.Play(new RefundStep(RefundStepKind.Ask, 0, [1], random.Next(1, 4), false, 0));
            history.Play(new RefundStep(RefundStepKind.Agree, random.Next(50), [], 0, false, 0));
            history.Play(new RefundStep(RefundStepKind.Settle, random.Next(50), [], 0, false, 0));
        }

        if (!isPaidAtOnce) Hear(history, rebate);
        var last = history.Facts.OfType<OrderEvent.PaidBack>().Last().Effects;
        var rewards = history.Facts.OfType<OrderEvent.DealFulfilled>().Single().Rewards;
        return history.Order.State is OrderState.Refunded
            && history.Order.RefundedFen() == history.Order.Payment!.AmountFen
            && Wanted(history).Sum(one => one.AmountFen) == history.Order.Payment.AmountFen
            && (last.EarnedPoints, last.Growth) == (rewards.Points, rewards.Growth)
            && (last.ReversedPoints, last.ReversedGrowth) == (rewards.Points, rewards.Growth);
    }).CheckThoroughly();

    [Fact]
    public void What_it_brings_is_what_an_order_at_that_price_would_have_brought() => Prop.ForAll(Any, given =>
    {
        var rewards = Fulfilled(given.Cart, given.EndFen).Facts.OfType<OrderEvent.DealFulfilled>().Single().Rewards;
        var line = given.Cart.Lines.Single();
        var cheaper = given.Cart with { Lines = [line with { PriceFen = Math.Min(given.EndFen, line.PriceFen) }] };
        return rewards == RewardRules.Of(RefundHistory.Paid(cheaper), HandClock.Start) with
        {
            CouponTemplateIds = rewards.CouponTemplateIds,
        };
    }).CheckThoroughly();

    [Fact]
    public void One_that_does_not_come_about_gives_all_back_and_undoes_nothing() => Prop.ForAll(Any, given =>
    {
        var history = Waiting(given.Cart);
        Settle(history, given.EndFen, "拼团失败");
        Settle(history, given.EndFen, reason: null);
        history.Play(new RefundStep(RefundStepKind.Settle, 0, [], 0, false, 0));

        var undone = history.Facts.OfType<OrderEvent.PaidBack>().Single().Effects;
        return history.Order is { State: OrderState.Refunded, Deal: { State: DealState.Failed, Rebate: null } }
            && history.Order.RefundedFen() == history.Order.Payment!.AmountFen
            && Wanted(history).Length == 1
            && undone is { ReversedPoints: 0, ReversedGrowth: 0, IsWhole: true }
            && undone.Restocked.Sum(part => part.Quantity) == given.Cart.Lines.Single().Quantity;
    }).CheckThoroughly();

    [Fact, Rule("PAY-05")]
    public void The_difference_counts_among_the_fifty_refunds_of_a_payment()
    {
        var cart = Cart(price: 100, quantity: 60, freight: 0);
        var (cheaper, plain) = (Fulfilled(cart, endFen: 90), Fulfilled(cart, endFen: 100));
        foreach (var history in new[] { cheaper, plain })
        {
            for (var time = 0; time < 60; time++)
            {
                history.Play(new RefundStep(RefundStepKind.Ask, 0, [1], 1, false, 0));
                history.Play(new RefundStep(RefundStepKind.Agree, time, [], 0, false, 0));
            }
        }

        Assert.Equal((50, 50), (Wanted(cheaper).Length, Wanted(plain).Length));
    }

    private static Arbitrary<(PricedCart Cart, long EndFen, int Seed)> Any => (
        from price in Gen.Choose(1, 20_000)
        from quantity in Gen.Choose(1, 5)
        from freight in Gen.Choose(0, 1_500)
        from end in Gen.Choose(0, 21_000)
        from seed in Gen.Choose(0, int.MaxValue)
        select (Cart(price, quantity, freight), (long)end, seed)).ToArbitrary();

    private static PricedCart Cart(long price, int quantity, long freight) => OrderSamples.Cart(4_000) with
    {
        Lines =
        [
            OrderSamples.Line(1, quantity) with { ListPriceFen = price + 10, PriceFen = price, UsedPoints = 0 },
        ],
        FreightFen = freight,
        UsedPoints = 0,
        CouponIds = [],
        Uses = [],
    };

    private static RefundHistory Waiting(PricedCart cart) =>
        new(cart, new OrderDeal(ActivityKind.GroupBuy, "activity", "group", Waits: true));

    private static RefundHistory Fulfilled(PricedCart cart, long endFen)
    {
        var history = Waiting(cart);
        Settle(history, endFen, reason: null);
        Settle(history, endFen: 0, "太晚了"); // the first answer counts
        return history;
    }

    private static void Settle(RefundHistory history, long endFen, string? reason) => history.Decide(order =>
        DealRules.Settle(
            order, new DealSettledV1(order.Id, order.MemberId, "group", endFen, reason, history.Now),
            RefundHistory.Terms, history.Now));

    private static void Hear(RefundHistory history, DealRebate? rebate)
    {
        if (rebate is not null)
        {
            history.Decide(order => RefundRules.Settle(order, rebate.RefundNo, RefundHistory.Terms, history.Now));
            history.Decide(order => RefundRules.Settle(order, rebate.RefundNo, RefundHistory.Terms, history.Now));
        }
    }

    private static RefundWantedV1[] Wanted(RefundHistory history) =>
    [
        .. history.Facts.OfType<OrderEvent.RefundMoved>().Select(moved => moved.Wanted).OfType<RefundWantedV1>(),
        .. history.Facts.OfType<OrderEvent.DealFulfilled>().Select(done => done.Wanted).OfType<RefundWantedV1>(),
    ];
}
