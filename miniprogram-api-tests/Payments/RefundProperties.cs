using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Payments;

public enum RefundStepKind
{
    Want,
    Send,
    Success,
    Processing,
    ClosedThere,
    Abnormal,
    OtherAmount,
    Unknown,
    Busy,
    MissingThere,
    NotEnough,
    Retry,
    PayByHand,
    Wait,
}

/// <param name="Refund">Which of a few.</param>
public sealed record RefundStep(RefundStepKind Kind, int Refund, int Fen);

/// <summary>Refunds of one payment through any history, on the rows that the app would write.</summary>
[Rule("PAY-05")]
public sealed class RefundProperties
{
    private const string Number = "order-01";
    private const long PaidFen = 1_000;

    private static Arbitrary<RefundStep[]> Steps => (
        from kind in Gen.Elements(Enum.GetValues<RefundStepKind>())
        from refund in Gen.Choose(1, 4)
        from fen in Gen.Choose(0, 700)
        select new RefundStep(kind, refund, fen)).ArrayOf().ToArbitrary();

    [Fact]
    public void What_goes_back_is_never_more_than_what_was_paid() => Holds((history, _, _) =>
        PaymentRefundRules.SumFen(history.Book) <= PaidFen && history.Book.Refunds.All(refund => refund.AmountFen >= 1));

    [Fact]
    public void One_at_a_time_is_with_WeChat() => Holds((history, _, _) => history.Book.Refunds
        .Count(refund => refund.State is PaymentRefundState.Sending or PaymentRefundState.Processing) <= 1
        || history.HadNews);

    [Fact]
    public void Each_refund_is_settled_once_with_its_amount() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        var settled = steps.SelectMany(step => history.Play(step).Facts).OfType<PaymentEvent.RefundSettled>().ToArray();
        return settled.GroupBy(fact => fact.Refund.RefundNo).All(one => one.Count() == 1)
            && settled.All(fact => fact.Message.AmountFen == history.Book.Refund(fact.Refund.RefundNo)!.AmountFen);
    }).CheckThoroughly();

    [Fact]
    [Rule("PAY-06")]
    public void What_is_settled_stays_settled_and_what_is_not_has_a_next_time_or_a_ticket() => Holds((history, before, _) =>
        before.Refunds.Where(IsFinal).All(refund => Text(history.Book.Refund(refund.RefundNo)!) == Text(refund))
        && history.Book.Refunds.Where(refund => !IsFinal(refund)).All(refund => refund.State is PaymentRefundState.Stopped
            ? refund is { NextAt: null, Ticket: { IsOpen: true } }
            : refund.NextAt is not null));

    [Fact]
    [Rule("PAY-06")]
    public void A_number_changes_only_after_WeChat_has_closed_it_and_never_comes_back() => Holds((history, before, step) =>
        history.Book.Refunds.All(refund =>
            refund.FormerNos.Distinct().Count() == refund.FormerNos.Count && !refund.FormerNos.Contains(refund.WeChatNo)
            && (before.Refund(refund.RefundNo) is not { } was || was.WeChatNo == refund.WeChatNo
                || (step.Kind is RefundStepKind.Retry && was.Ticket!.Kind is TicketKind.RefundClosed))));

    [Fact]
    public void Rows_are_the_state() => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            var before = history.Book;
            var facts = history.Play(step).Facts;
            var expected = facts.Aggregate(before.Refunds, PaymentRefundRules.Evolve);
            return !history.HasClash
                && expected.Select(Text).SequenceEqual(history.Book.Refunds.Select(Text));
        });
    }).CheckThoroughly();

    [Fact]
    public void A_number_after_a_closed_one_is_never_too_long_and_never_the_same() => Prop.ForAll(
        Gen.Choose(1, 64).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (chars, former) =>
        {
            var refund = PaymentRefundRules.New(Wanted(new string('r', chars), 1), HandClock.Start) with
            {
                FormerNos = [.. Enumerable.Range(0, former).Select(i => $"{i}")],
            };
            var number = PaymentRefundRules.NumberAfter(refund);
            return number.Length <= PaymentRefundRules.NumberCharsMax && number != refund.RefundNo
                && number != PaymentRefundRules.NumberAfter(refund with { FormerNos = [.. refund.FormerNos, "x"] });
        }).CheckThoroughly();

    [Fact]
    public void The_fifty_first_refund_is_declined()
    {
        var history = new History();
        for (var i = 0; i < PaymentRefundRules.RefundsMax; i++)
            Assert.IsType<PaymentEvent.RefundChanged>(history.Want($"r{i}", 1).Facts.Single());

        var troubled = Assert.IsType<PaymentEvent.Troubled>(history.Want("r50", 1).Facts.Single());

        Assert.Equal((TicketKind.RefundDeclined, "toomany"), (troubled.Ticket.Kind, troubled.Ticket.Detail));
    }

    private static string Text(PaymentRefund refund) => Stored.Write(refund);

    private static bool IsFinal(PaymentRefund refund) =>
        refund.State is PaymentRefundState.Settled or PaymentRefundState.PaidByHand;

    private static RefundWantedV1 Wanted(string number, long fen) => new(number, Number, "order", "member", fen, "不要了");

    private static void Holds(Func<History, PaymentBook, RefundStep, bool> holds) => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step =>
        {
            var before = history.Book;
            history.Play(step);
            return holds(history, before, step);
        });
    }).CheckThoroughly();

    private sealed class History
    {
        private readonly LayoutRows rows = new();
        private DateTimeOffset now = HandClock.Start;

        public History() => rows.Put(PaymentRows.Head, new WeChatPayment(
            Number, "order", "member", PaymentState.Paid, Paid: new PaidTransaction("4200", PaidFen, true, now)));

        public PaymentBook Book => rows.State(PaymentRows.Book(Number));

        public bool HasClash => rows.HasClash;

        /// <summary>WeChat has spoken by itself, also of what was not sent by us.</summary>
        public bool HadNews { get; private set; }

        public Decision<PaymentEvent> Want(string number, long fen) =>
            rows.Run(PaymentRows.Book(Number), book => PaymentRefundRules.Want(book, Wanted(number, fen), now));

        public Decision<PaymentEvent> Play(RefundStep step)
        {
            var number = $"r{step.Refund}";
            if (step.Kind is RefundStepKind.Wait) now += TimeSpan.FromMinutes(step.Fen);
            if (step.Kind is RefundStepKind.Want) return Want(number, step.Fen);
            return rows.Run(PaymentRows.Book(Number), book => book.Refund(number) is { } refund
                ? Decide(book, refund, step.Kind)
                : Decision<PaymentEvent>.Nothing);
        }

        private Decision<PaymentEvent> Decide(PaymentBook book, PaymentRefund refund, RefundStepKind kind) => kind switch
        {
            RefundStepKind.Send => PaymentRefundRules.Send(book, refund, now),
            RefundStepKind.Success => Told(book, refund, RefundStatus.Success),
            RefundStepKind.Processing => Told(book, refund, RefundStatus.Processing),
            RefundStepKind.ClosedThere => Told(book, refund, RefundStatus.Closed),
            RefundStepKind.Abnormal => Told(book, refund, RefundStatus.Abnormal),
            RefundStepKind.OtherAmount => Told(book, refund with { AmountFen = 1_001 }, RefundStatus.Success),
            RefundStepKind.Unknown => RefundNewsRules.Hear(book, refund, new RefundOutcome.Unknown(), now),
            RefundStepKind.Busy => RefundNewsRules.Hear(book, refund, new RefundOutcome.Busy(), now),
            RefundStepKind.MissingThere => RefundNewsRules.Hear(book, refund, new RefundOutcome.Missing(), now),
            RefundStepKind.NotEnough => RefundNewsRules.Hear(book, refund, new RefundOutcome.Refused("NOTENOUGH"), now),
            RefundStepKind.Retry when refund.Ticket is { } ticket => TicketRefundRules.Retry(book, ticket, now),
            RefundStepKind.PayByHand when refund.Ticket is { } ticket => TicketRefundRules.PayByHand(book, ticket, now),
            _ => Decision<PaymentEvent>.Nothing,
        };

        private Decision<PaymentEvent> Told(PaymentBook book, PaymentRefund refund, RefundStatus status)
        {
            HadNews |= refund.State is PaymentRefundState.Waiting or PaymentRefundState.Stopped;
            return RefundNewsRules.Hear(
                book,
                new RefundNews("1900000001", Number, "4200", refund.WeChatNo, "50", status, refund.AmountFen, PaidFen, now),
                now);
        }
    }
}
