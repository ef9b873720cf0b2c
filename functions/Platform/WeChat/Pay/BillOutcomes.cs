namespace Pond.Platform.WeChat.Pay;

/// <summary>A day's bill.</summary>
public abstract record BillOutcome
{
    private BillOutcome()
    {
    }

    public sealed record Ready(IReadOnlyList<BillLine> Lines) : BillOutcome;

    /// <summary>There is none: nothing happened that day, or it is not made yet.</summary>
    public sealed record Missing : BillOutcome;

    /// <summary>No answer that can be used, or a file that is not what was announced.</summary>
    public sealed record Unknown : BillOutcome;
}

/// <summary>A line of a bill: a payment, or a refund when <paramref name="RefundNo"/> is not null.</summary>
/// <param name="AmountFen">Of the payment; WeChat writes 0 in the lines of refunds.</param>
/// <param name="State">Of the payment, such as <c>SUCCESS</c>; of the refund where it is one.</param>
public sealed record BillLine(
    string OutTradeNo, string TransactionId, long AmountFen, string? RefundNo, long RefundFen, string State);
