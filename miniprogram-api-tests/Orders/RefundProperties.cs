using FsCheck;
using FsCheck.Fluent;
using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using Pond.Tiers;

namespace Pond.Tests.Orders;

/// <summary>Refunds of any cart, in any parts and any order, among everything else that can happen to a paid order.</summary>
[Rule("ORD-05")]
public sealed class RefundProperties
{
    private static readonly (RefundState? Before, RefundState After)[] Edges =
    [
        (null, RefundState.Applied), (null, RefundState.Refunding),
        (RefundState.Applied, RefundState.Applied), (RefundState.Applied, RefundState.AwaitingReturn),
        (RefundState.Applied, RefundState.Refunding), (RefundState.Applied, RefundState.Rejected),
        (RefundState.Applied, RefundState.Withdrawn), (RefundState.AwaitingReturn, RefundState.Returning),
        (RefundState.AwaitingReturn, RefundState.Withdrawn), (RefundState.Returning, RefundState.Returning),
        (RefundState.Returning, RefundState.Refunding), (RefundState.Returning, RefundState.GoodsRefused),
    ];

    [Fact]
    public void Any_split_in_any_order_adds_up_to_what_was_paid_and_to_the_points_that_were_spent() => Prop.ForAll(
        (from cart in RefundCarts.Any from seed in Gen.Choose(0, int.MaxValue) select (cart, seed)).ToArbitrary(),
        given =>
        {
            var history = new RefundHistory(given.cart);
            var random = new Random(given.seed);
            while (history.Order.State is OrderState.Paid) AskAndPay(history, random);

            var (order, last) = (history.Order, history.Facts.OfType<OrderEvent.PaidBack>().Last().Effects);
            return order.State is OrderState.Refunded
                && order.RefundedFen() == given.cart.PayableFen()
                && order.Refunds.Sum(refund => refund.Points) == given.cart.UsedPoints
                && last.IsWhole
                && (last.ReversedPoints, last.ReversedGrowth) == (last.EarnedPoints, last.Growth)
                && (last.ReturnedPoints, last.ReversedGiftPoints) == (last.SpentPoints, last.GiftPoints)
                && last.RevokedTemplateIds.Order().SequenceEqual(
                    RewardRules.Of(order, HandClock.Start).CouponTemplateIds.Order());
        }).CheckThoroughly();

    [Fact]
    public void Nothing_is_asked_or_paid_back_beyond_what_was_paid() => Holds((history, _) =>
    {
        var order = history.Order;
        var wanted = history.Facts.OfType<OrderEvent.RefundMoved>().Select(moved => moved.Wanted).OfType<Pond.Payments.RefundWantedV1>().ToArray();
        return order.Refunds.Where(RefundShareRules.IsAgreed).Sum(refund => refund.AmountFen) <= order.Payment!.AmountFen
            && wanted.Sum(one => one.AmountFen) <= order.Payment.AmountFen
            && wanted.All(one => one.AmountFen > 0)
            && wanted.DistinctBy(one => one.RefundNo).Count() == wanted.Length
            && order.Refunds.All(refund => refund.AmountFen >= 0 && refund.Points >= 0 && refund.FreightFen >= 0
                && refund.AmountFen == refund.FreightFen + refund.Lines.Sum(line => line.AmountFen))
            && order.Cart.Lines.All(line => IsWithin(line, RefundShareRules.Of(order, line.Number, RefundShareRules.Counts)));
    });

    [Fact]
    public void When_every_piece_of_a_line_is_asked_back_so_is_every_fen_and_every_point() => Holds((history, _) =>
        history.Order.Cart.Lines.All(line =>
        {
            var asked = RefundShareRules.Of(history.Order, line.Number, RefundShareRules.Counts);
            return asked.Quantity < line.Quantity || (asked.AmountFen, asked.Points) == (line.PayFen(), line.UsedPoints);
        }));

    [Fact]
    public void Freight_goes_back_once_and_only_with_all_of_what_was_never_sent_unless_the_shop_gives_it() =>
        Holds((history, facts) =>
        {
            var (order, freight) = (history.Order, history.First.Cart.FreightFen - history.First.Cart.FreightOffFen);
            var isGiven = history.Facts.OfType<OrderEvent.RefundMoved>().Any(moved => moved.Before is null
                && moved.Refund.FreightFen > 0 && RefundShareRules.IsAgreed(moved.Refund));
            var paid = order.Refunds.Where(RefundShareRules.IsAgreed).Sum(refund => refund.FreightFen);
            var isAll = order.Cart.Lines.Where(line => !line.IsGift).All(line =>
                RefundShareRules.Of(order, line.Number, RefundShareRules.IsAgreed).Quantity == line.Quantity);
            return paid <= freight && (isGiven || paid == (isAll && order.Shipments.Count == 0 ? freight : 0));
        });

    [Fact]
    public void Freight_that_the_shop_gives_while_a_refund_asks_for_it_is_not_taken_from_the_next()
    {
        PricedLine[] lines = [Line(number: 1), Line(number: 2)];
        var history = new RefundHistory(new PricedCart(
            lines, FreightFen: 300, FreightOffFen: 0, UsedPoints: 0, [], [], [], new EarnTerms(1, 10_000, 0),
            TierBenefits.None, []));
        history.Play(Step(RefundStepKind.Ask, lines: 1));
        history.Play(Step(RefundStepKind.Ask, lines: 2)); // the last: with the freight
        history.Play(Step(RefundStepKind.Give));
        history.Play(Step(RefundStepKind.Refuse));

        history.Play(Step(RefundStepKind.Ask, lines: 1));

        Assert.Equal([0, 300, 300, 0], history.Order.Refunds.Select(refund => refund.FreightFen));
        Assert.Equal(2_000, history.Order.Refunds[^1].AmountFen);

        static PricedLine Line(int number) =>
            new(number, $"sku-{number}", "spu", "category", "茶", 1, 2_000, 2_000, 0, 0, 0, 0);

        static RefundStep Step(RefundStepKind kind, params int[] lines) => new(kind, 0, lines, 1, true, 0);
    }

    [Fact]
    [Rule("FUL-03"), Rule("ORD-10")]
    public void What_an_order_brought_always_follows_from_the_money_that_is_left_of_it() => Holds((history, facts) =>
    {
        var (order, cart) = (history.Order, history.First.Cart);
        return facts.OfType<OrderEvent.PaidBack>().TakeLast(1).All(paid => // a sweep may bring several
        {
            var (effects, terms) = (paid.Effects, cart.Earning);
            var left = cart.Lines.Sum(line => line.PayFen()
                - RefundShareRules.Of(order, line.Number, IsRefunded).AmountFen);
            var held = cart.Gifts.Select(gift => GiftRules.Held(gift, cart.Lines, line =>
                line.Quantity - RefundShareRules.Of(order, line.Number, IsRefunded).Quantity)).ToArray();
            return effects.EarnedPoints - effects.ReversedPoints == terms.PointsFor(left)
                && effects.Growth - effects.ReversedGrowth == terms.GrowthFor(left)
                && effects.ReturnedPoints == order.Refunds.Where(IsRefunded).Sum(refund => refund.Points)
                && effects.GiftPoints - effects.ReversedGiftPoints == held.Sum(one => one.Points)
                && effects.RevokedTemplateIds.Concat(held.SelectMany(one => one.CouponTemplateIds)).Order()
                    .SequenceEqual(RewardRules.Of(order, HandClock.Start).CouponTemplateIds.Order());
        });
    });

    [Fact]
    public void Totals_never_go_down() => Prop.ForAll(RefundHistory.Any, given =>
    {
        var history = new RefundHistory(given.Cart);
        foreach (var step in given.Steps) history.Play(step);
        var all = history.Facts.OfType<OrderEvent.PaidBack>().Select(paid => paid.Effects).ToArray();
        return all.Zip(all.Skip(1)).All(two =>
            two.First.ReturnedPoints <= two.Second.ReturnedPoints
            && two.First.ReversedPoints <= two.Second.ReversedPoints
            && two.First.ReversedGrowth <= two.Second.ReversedGrowth);
    }).CheckThoroughly();

    [Fact]
    [Rule("ORD-12")]
    public void Refunds_and_orders_go_along_their_edges_and_nowhere_else() => Holds((history, facts) =>
        facts.OfType<OrderEvent.RefundMoved>().All(moved => Edges.Contains((moved.Before, moved.Refund.State)))
        && history.Order.Log.All(entry => OrderEdges.Allow(entry.Before, entry.After))
        && (history.Order.State is OrderState.Refunded) == RefundPayRules.IsWhole(history.Order)
        && (history.Order.State is not OrderState.Refunded || history.Order.Refunds.All(IsPaidOrOver)));

    [Fact]
    public void What_was_paid_back_is_never_sent_and_no_more_is_sold_again_than_was_taken() => Holds((history, facts) =>
    {
        var order = history.Order;
        var restocked = history.Facts.OfType<OrderEvent.PaidBack>().SelectMany(paid => paid.Effects.Restocked)
            .GroupBy(part => (part.SkuId, part.Shard)).ToDictionary(one => one.Key, one => one.Sum(part => part.Quantity));
        return facts.OfType<OrderEvent.Sent>().All(sent => sent.Shipment.LineNumbers.All(number =>
                RefundShareRules.Of(order, number, RefundShareRules.IsAgreed).Quantity
                    < order.Cart.Lines.Single(line => line.Number == number).Quantity))
            && restocked.All(one => one.Value <= order.Stock
                .Where(part => (part.SkuId, part.Shard) == one.Key).Sum(part => part.Quantity));
    });

    [Fact]
    public void A_sweep_finds_an_order_exactly_as_long_as_somebody_has_to_act() => Holds((history, _) =>
    {
        var (order, waiting) = (history.Order, history.Rows.Under<WaitingOrder>(AfterSaleRows.WaitingPrefix));
        var isOpen = order.Refunds.Any(RefundShareRules.IsOpen);
        DateTimeOffset?[] ends =
        [
            .. order.Refunds.Where(RefundShareRules.IsOpen).Select(refund => refund.RespondBy),
            order.State is OrderState.Shipped && !isOpen ? order.ReceiveBy : null,
        ];
        return !history.Rows.HasClash && waiting.SingleOrDefault()?.At == ends.Min();
    });

    [Fact]
    public void Facts_read_as_they_were_stored() => Holds((_, facts) =>
    {
        var stored = Stored.Element(facts.ToArray());
        return Stored.Element(Stored.Read<OrderEvent[]>(stored)).GetRawText() == stored.GetRawText();
    });

    [Fact]
    public void Hearing_twice_that_money_went_back_changes_nothing() => Holds((history, facts) =>
    {
        if (facts.OfType<OrderEvent.PaidBack>().LastOrDefault() is not { } paid) return true;
        var again = RefundRules.Settle(history.Order, paid.Refund.RefundNo, RefundHistory.Terms, history.Now);
        return again.Refusal is null && again.Facts.Count == 0;
    });

    // Freight that the shop gives may still be on its way.
    private static bool IsPaidOrOver(OrderRefund refund) =>
        !RefundShareRules.IsOpen(refund) || refund is { State: RefundState.Refunding, Lines: [] };

    private static bool IsRefunded(OrderRefund refund) => refund.State is RefundState.Refunded;

    private static bool IsWithin(PricedLine line, RefundLine asked) =>
        asked.Quantity <= line.Quantity && asked.AmountFen <= line.PayFen() && asked.Points <= line.UsedPoints;

    private static void Holds(Func<RefundHistory, IReadOnlyList<OrderEvent>, bool> isRight) => Prop.ForAll(
        RefundHistory.Any,
        given =>
        {
            var history = new RefundHistory(given.Cart);
            return given.Steps.All(step => isRight(history, history.Play(step)));
        }).CheckThoroughly();

    // Some pieces of some lines; and what is asked is agreed and paid now or later.
    private static void AskAndPay(RefundHistory history, Random random)
    {
        int[] lines = [.. history.First.Cart.Lines.Select(line => line.Number).Where(_ => random.Next(2) == 0)];
        var pieces = random.Next(1, 6);
        history.Play(new RefundStep(RefundStepKind.Ask, 0, lines, pieces, false, 0));
        for (var i = random.Next(4); i >= 0; i--)
        {
            history.Play(new RefundStep(RefundStepKind.Agree, random.Next(50), [], 0, random.Next(2) == 0, 0));
            history.Play(new RefundStep(RefundStepKind.Settle, random.Next(50), [], 0, false, 0));
        }
    }
}
