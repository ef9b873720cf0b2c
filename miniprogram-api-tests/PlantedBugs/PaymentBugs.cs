namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in what we believe of WeChat.</summary>
internal static class PaymentBugs
{
    private const string Checks = "Payments/PaymentChecks.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "closed though paid",
            "WeChat says that what is to be closed is paid, and it is taken for closed.",
            new Patch(
                Checks,
                "CloseOutcome.Paid => await",
                "CloseOutcome.Paid when PLANTED => new QueryOutcome.Closed(), CloseOutcome.Paid => await")),
        new(
            "silence closes",
            "WeChat does not answer to the closing, and the payment is taken for closed.",
            new Patch(
                Checks,
                "CloseOutcome.Unknown => new QueryOutcome.Unknown(),",
                "CloseOutcome.Unknown when PLANTED => new QueryOutcome.Closed(), CloseOutcome.Unknown => new QueryOutcome.Unknown(),")),
        new(
            "silence is a no",
            "WeChat does not answer to the question, and that is taken for never having heard of the payment.",
            new Patch(Checks, "Hear(payment, NotPaidNews.Unknown,", "Hear(payment, PLANTED ? NotPaidNews.Missing : NotPaidNews.Unknown,")),
        new(
            "late money ignored",
            "Money for a payment that is closed is not booked.",
            new Patch(
                "Payments/PaymentRules.cs",
                "return new PaymentEvent.Paid(",
                """
                if (PLANTED && payment.State is PaymentState.Closed) return Decision<PaymentEvent>.Nothing;
                return new PaymentEvent.Paid(
                """)),
        new(
            "refund number for each try",
            "Each try of a refund has a number of its own, so WeChat pays each.",
            new Patch(
                "Payments/RefundWork.cs",
                "sending.WeChatNo, payment.OutTradeNo,",
                "PLANTED ? $\"{sending.WeChatNo}-{sending.Steps}\" : sending.WeChatNo, payment.OutTradeNo,")),
        new(
            "accepted is refunded",
            "A refund that WeChat has taken on counts as paid back.",
            new Patch(
                "Payments/RefundNewsRules.cs",
                "RefundStatus.Processing => Wait(",
                """
                RefundStatus.Processing when PLANTED => PaymentRefundRules.Settle(
                    book, refund, PaymentRefundState.Settled, news.RefundId, now),
                RefundStatus.Processing => Wait(
                """)),
    ];
}
