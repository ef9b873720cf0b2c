using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Orders;

public enum OrderStepKind
{
    Reserve,
    GiveUp,
    BeginPayment,
    Pay,
    PayWrongAmount,
    PayNotAsAsked,
    CloseAttempt,
    Cancel,
    TimeOut,
    Wait,
}

/// <param name="Attempt">Of the payment: 1, 2, 3 …, whether it was ever begun or not.</param>
public sealed record OrderStep(OrderStepKind Kind, int Attempt, int Minutes);

/// <summary>One order through any history, on the rows that the app would write.</summary>
[Rule("ORD-02")]
public sealed class OrderProperties
{
    private static readonly (OrderState Before, OrderState After)[] Edges =
    [
        (OrderState.Placing, OrderState.AwaitingPayment), (OrderState.Placing, OrderState.Cancelled),
        (OrderState.AwaitingPayment, OrderState.Paid), (OrderState.AwaitingPayment, OrderState.Closing),
        (OrderState.AwaitingPayment, OrderState.Cancelled), (OrderState.Closing, OrderState.Paid),
        (OrderState.Closing, OrderState.Cancelled),
    ];

    [Fact]
    [Rule("ORD-09")]
    public void An_order_goes_along_its_edges_and_nowhere_else() => Holds(history => history.Order.Log.Skip(1).All(
        entry => entry.Before == entry.After || Edges.Contains((entry.Before, entry.After))));

    [Fact]
    [Rule("ORD-09")]
    public void A_final_order_stays_as_it_is() => Assert.All(
        new[] { OrderState.Cancelled, OrderState.Refunded }, state => Assert.Empty(OrderEdges.All[state]));

    [Fact]
    [Rule("ORD-09")]
    public void A_move_that_no_edge_allows_is_never_written() => Assert.Throws<InvalidOperationException>(() =>
        OrderFold.Evolve(
            new OrderDesk(null, OrderSamples.Placing() with { State = OrderState.Cancelled }),
            new OrderEvent.Reserved([], HandClock.Start)));

    [Fact]
    public void What_was_reserved_is_spent_or_freed_once_and_never_both() => Holds(history =>
        history.Facts.Count(fact => fact is OrderEvent.Paid or OrderEvent.Cancelled) <= 1
        && history.Settled.All(settled => settled.IsPaid == (history.Order.Payment is not null))
        && history.Settled.Count == (history.Order.IsOpen() ? 0 : 1));

    [Fact]
    [Rule("D09"), Rule("D10")]
    public void Money_that_did_not_pay_the_order_goes_back_once_and_whole() => Holds(history => history.Payments
        .GroupBy(payment => payment.OutTradeNo)
        .Select(same => same.First())
        .All(payment => history.Refunds(payment.OutTradeNo) is var refunds
            && (history.Order.Payment?.OutTradeNo == payment.OutTradeNo
                ? refunds.Length == 0
                : refunds is [{ } one] && one.AmountFen == payment.AmountFen && one.RefundNo == $"{payment.OutTradeNo}-A")));

    [Fact]
    public void An_order_is_paid_by_what_it_asked_for_alone() => Holds(history =>
        history.Order.Payment is not { } paid || paid.AmountFen == history.Order.Cart.PayableFen());

    [Fact]
    public void Nobody_can_pay_under_two_numbers_at_a_time() => Holds(history =>
        history.Order.Attempts.Count(attempt => !attempt.IsClosed) <= 1
        && history.Order.Attempts.Select(attempt => attempt.OutTradeNo).Distinct().Count()
            == history.Order.Attempts.Count
        && history.Facts.OfType<OrderEvent.Paid>().All(paid => history.BegunBefore(paid)
            .Except([paid.Money.OutTradeNo])
            .SequenceEqual(paid.Others.Select(other => other.OutTradeNo))));

    [Fact]
    [Rule("ORD-03")]
    public void An_order_is_cancelled_only_when_nobody_can_pay_any_more() => Holds(history =>
        history.Order.State is not OrderState.Cancelled || history.Order.OpenAttempt() is null);

    [Fact]
    public void A_wish_repeated_changes_nothing() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            history.Play(step with { Minutes = 0 });
            var before = Stored.Write(history.Order);
            return history.Play(step with { Minutes = 0 }).Facts.Count == 0
                && Stored.Write(history.Order) == before;
        });
    }).CheckThoroughly();

    [Fact]
    public void Rows_say_what_the_facts_said() => Holds(history =>
        !history.Rows.HasClash
        && history.Rows.Under<OpenOrder>(OrderRows.OpenPrefix).Count == (history.Order.IsOpen() ? 1 : 0)
        && Stored.Write(history.Order) == Stored.Write(history.Told));

    private static Arbitrary<OrderStep[]> Steps => Gen.Choose(1, 30).SelectMany(count => (
        from kind in Gen.Elements(Enum.GetValues<OrderStepKind>())
        from attempt in Gen.Choose(1, 4)
        from minutes in Gen.Choose(0, 12)
        select new OrderStep(kind, attempt, minutes)).ArrayOf(count)).ToArbitrary();

    private static void Holds(Func<History, bool> isRight) => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            history.Play(step);
            return isRight(history);
        });
    }).CheckThoroughly();

    private sealed class History
    {
        private static readonly Layout<OrderDesk, OrderEvent> Layout =
            OrderRows.Of(OrderSamples.MemberId, OrderSamples.OrderId);

        private DateTimeOffset now = HandClock.Start;
        private OrderDesk told = new(null, null);

        public History()
        {
            Rows.Put(MemberRows.Head, new MemberStanding(OrderSamples.MemberId, MemberStatus.Active));
            Run(desk => PlacingRules.Place(desk, OrderSamples.Placing()));
        }

        public LayoutRows Rows { get; } = new();

        public List<OrderEvent> Facts { get; } = [];

        public List<PaymentSucceededV1> Payments { get; } = [];

        public Order Order => Rows.State(Layout).Order!;

        /// <summary>The same, folded from all that happened.</summary>
        public Order Told => told.Order!;

        public IReadOnlyList<OrderSettledV1> Settled =>
            [.. Messages.Select(message => message.Body).OfType<OrderSettledV1>().Distinct()];

        public RefundWantedV1[] Refunds(string outTradeNo) =>
        [
            .. Messages.Select(message => message.Body).OfType<RefundWantedV1>()
                .Where(refund => refund.OutTradeNo == outTradeNo),
        ];

        /// <summary>Numbers that were open when the order was paid.</summary>
        public IEnumerable<string> BegunBefore(OrderEvent paid)
        {
            var desk = Facts.TakeWhile(fact => fact != paid)
                .Aggregate(new OrderDesk(null, null), OrderFold.Evolve);
            return desk.Order!.Attempts.Where(attempt => !attempt.IsClosed).Select(attempt => attempt.OutTradeNo);
        }

        private IEnumerable<Message> Messages => Facts.SelectMany(fact => Layout.Announce!(fact));

        public Decision<OrderEvent> Play(OrderStep step)
        {
            now += TimeSpan.FromMinutes(step.Minutes);
            return step.Kind switch
            {
                OrderStepKind.Reserve =>
                    Run(desk => PlacingRules.Reserve(desk, [new ReservedStock("tea-1", 0, 2)], now)),
                OrderStepKind.GiveUp => Run(desk => PlacingRules.GiveUp(desk, OrderRefusals.Abandoned, now)),
                OrderStepKind.BeginPayment => Run(desk => OrderRules.BeginPayment(desk, now)),
                OrderStepKind.Pay => Pay(step.Attempt, Order.Cart.PayableFen(), isAsAsked: true),
                OrderStepKind.PayWrongAmount => Pay(step.Attempt, Order.Cart.PayableFen() - 1, isAsAsked: true),
                OrderStepKind.PayNotAsAsked => Pay(step.Attempt, Order.Cart.PayableFen(), isAsAsked: false),
                OrderStepKind.CloseAttempt =>
                    Run(desk => OrderRules.CloseAttempt(desk, NumberOf(step.Attempt), now)),
                OrderStepKind.Cancel => Run(desk => OrderRules.Cancel(
                    desk, new Cancellation(CancelCause.ByMember, null, now), OrderActors.Member)),
                OrderStepKind.TimeOut => Run(desk => OrderRules.TimeOut(desk, now)),
                _ => Decision<OrderEvent>.Nothing,
            };
        }

        private Decision<OrderEvent> Pay(int attempt, long amountFen, bool isAsAsked)
        {
            var number = NumberOf(attempt);
            var payment = new PaymentSucceededV1(
                number, OrderSamples.OrderId, OrderSamples.MemberId, $"wx-{number}", amountFen, isAsAsked, now);
            Payments.Add(payment);
            return Run(desk => OrderRules.TakePayment(desk, payment, now));
        }

        private Decision<OrderEvent> Run(Func<OrderDesk, Decision<OrderEvent>> decide)
        {
            var decision = Rows.Run(Layout, decide);
            Facts.AddRange(decision.Facts);
            told = decision.Facts.Aggregate(told, OrderFold.Evolve);
            return decision;
        }

        private static string NumberOf(int attempt) => $"{OrderSamples.OrderId}-{attempt:00}";
    }
}
