using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Payments;

namespace Pond.Tests.Payments;

public enum PaymentStepKind
{
    Begin,
    BeginOtherwise,
    Pay,
    PayOtherwise,
    PayTwice,
    AskClosing,
    HearOpen,
    HearClosed,
    HearMissing,
    HearUnknown,
    Wait,
}

public sealed record PaymentStep(PaymentStepKind Kind, int Minutes);

/// <summary>One number at WeChat through any history, on the rows that the app would write.</summary>
[Rule("PAY-01")]
public sealed class PaymentProperties
{
    private const string Number = "order-01";
    private static readonly PaymentWish Wish = new(Number, "order", "member", "茶", 1_000, HandClock.Start.AddHours(2));

    private static Arbitrary<PaymentStep[]> Steps => (
        from kind in Gen.Elements(Enum.GetValues<PaymentStepKind>())
        from minutes in Gen.Choose(0, 90)
        select new PaymentStep(kind, minutes)).ArrayOf().ToArbitrary();

    [Fact]
    public void A_payment_goes_along_its_edges_and_nothing_follows_paid() => Holds((before, _, after, _) =>
        (before?.State, after?.State) is (null, _) or (PaymentState.Prepared, _) or (_, PaymentState.Paid)
            or (PaymentState.Closed, PaymentState.Closed));

    [Fact]
    [Rule("PAY-02")]
    public void One_transaction_is_announced_once_and_as_what_it_was() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        var facts = steps.SelectMany(step => history.Play(step).Facts).ToArray();
        var paid = facts.OfType<PaymentEvent.Paid>().ToArray();
        return paid.Length <= 1 && paid.All(one => one.Transaction == history.Payment!.Paid
            && one.Transaction.IsAsAsked == (history.Payment.Asked?.AmountFen == one.Transaction.AmountFen));
    }).CheckThoroughly();

    [Fact]
    [Rule("PAY-03")]
    public void A_wish_repeated_changes_nothing_but_that_who_asks_to_close_is_told_again() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.Where(step => step.Kind is not (>= PaymentStepKind.HearOpen and <= PaymentStepKind.HearUnknown)).All(step =>
        {
            history.Play(step);
            var payment = history.Payment;
            var facts = history.Play(step with { Minutes = 0 }).Facts;
            return history.Payment == payment
                && facts.All(fact => fact is PaymentEvent.Closed or PaymentEvent.Troubled);
        });
    }).CheckThoroughly();

    [Fact]
    [Rule("PAY-04")]
    public void As_long_as_somebody_may_pay_there_is_a_time_to_ask_and_once_paid_there_is_none() =>
        Holds((_, _, after, _) => after?.State switch
        {
            PaymentState.Prepared => after.CheckAt is not null,
            PaymentState.Paid => after.CheckAt is null,
            _ => true,
        });

    [Fact]
    [Rule("PAY-04")]
    public void The_next_look_is_always_later_and_never_more_than_an_hour_off_while_somebody_may_pay() => Prop.ForAll(
        Gen.Choose(0, 300).ToArbitrary(), Gen.Choose(1, 10_000).ToArbitrary(), (afterMinutes, payByMinutes) =>
        {
            var asked = new PaymentAsked(1, "", HandClock.Start.AddMinutes(payByMinutes), HandClock.Start);
            var now = HandClock.Start.AddMinutes(afterMinutes);
            var next = PaymentRules.NextCheck(asked, now);
            var last = asked.PayBy + PaymentRules.Grace;
            return next > now && next <= now + PaymentRules.LaterChecks && (now >= last || next <= last);
        }).CheckThoroughly();

    [Fact]
    public void Every_moment_of_the_first_looks_is_kept()
    {
        var asked = new PaymentAsked(1, "", HandClock.Start.AddHours(3), HandClock.Start);
        var (looks, now) = (new List<int>(), HandClock.Start);
        for (var i = 0; i < 8; i++)
        {
            now = PaymentRules.NextCheck(asked, now);
            looks.Add((int)(now - HandClock.Start).TotalMinutes);
        }

        Assert.Equal([2, 5, 10, 30, 90, 150, 181, 241], looks);
    }

    [Fact]
    public void Rows_are_the_state() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            var expected = history.Expected(step);
            history.Play(step);
            return history.Payment == expected;
        });
    }).CheckThoroughly();

    private static void Holds(Func<WeChatPayment?, PaymentStep, WeChatPayment?, Decision<PaymentEvent>, bool> holds) =>
        Prop.ForAll(Steps, steps =>
        {
            var history = new History();
            return steps.All(step =>
            {
                var before = history.Payment;
                var decision = history.Play(step);
                return holds(before, step, history.Payment, decision);
            });
        }).CheckThoroughly();

    private sealed class History
    {
        private readonly LayoutRows rows = new();
        private DateTimeOffset now = HandClock.Start;

        public WeChatPayment? Payment => rows.State(PaymentRows.Payment(Number)).Payment;

        public Decision<PaymentEvent> Play(PaymentStep step)
        {
            now += TimeSpan.FromMinutes(step.Kind is PaymentStepKind.Wait ? step.Minutes : 0);
            return rows.Run(PaymentRows.Payment(Number), book => Decide(book.Payment, step));
        }

        /// <summary>What the facts alone would make of it.</summary>
        public WeChatPayment? Expected(PaymentStep step)
        {
            var at = now;
            now += TimeSpan.FromMinutes(step.Kind is PaymentStepKind.Wait ? step.Minutes : 0);
            var after = Decide(Payment, step).Facts.Aggregate(Payment, PaymentRules.Evolve);
            now = at;
            return after;
        }

        private Decision<PaymentEvent> Decide(WeChatPayment? payment, PaymentStep step) => step.Kind switch
        {
            PaymentStepKind.Begin => PaymentRules.Begin(payment, Wish, "payer", now),
            PaymentStepKind.BeginOtherwise => PaymentRules.Begin(payment, Wish with { AmountFen = 7 }, "payer", now),
            PaymentStepKind.AskClosing =>
                PaymentRules.AskClosing(payment, new PaymentClosingV1(Number, "order", "member"), now),
            _ when payment is null => Decision<PaymentEvent>.Nothing,
            PaymentStepKind.Pay => PaymentRules.Pay(payment, News("4200", 1_000), now),
            PaymentStepKind.PayOtherwise => PaymentRules.Pay(payment, News("4200", 999), now),
            PaymentStepKind.PayTwice => PaymentRules.Pay(payment, News("4201", 1_000), now),
            PaymentStepKind.HearOpen => PaymentRules.Hear(payment, NotPaidNews.Open, payment.Checks, now),
            PaymentStepKind.HearClosed => PaymentRules.Hear(payment, NotPaidNews.Closed, payment.Checks, now),
            PaymentStepKind.HearMissing => PaymentRules.Hear(payment, NotPaidNews.Missing, payment.Checks, now),
            PaymentStepKind.HearUnknown => PaymentRules.Hear(payment, NotPaidNews.Unknown, payment.Checks, now),
            _ => Decision<PaymentEvent>.Nothing,
        };

        private PaymentNews News(string transactionId, long fen) => new(Number, transactionId, fen, "CNY", "payer", now);
    }
}
