namespace Pond.Platform.WeChat.Pay;

/// <summary>What is to go back.</summary>
public sealed record RefundRequest(
    string RefundNo, string OutTradeNo, long RefundFen, long TotalFen, string Reason, string NotifyPath);

/// <summary>What WeChat says of a refund.</summary>
public abstract record RefundOutcome
{
    private RefundOutcome()
    {
    }

    /// <summary>WeChat has taken it.</summary>
    public sealed record Known(RefundNews News) : RefundOutcome;

    /// <summary>WeChat has never heard of this refund, or of the payment.</summary>
    public sealed record Missing : RefundOutcome;

    /// <summary>WeChat does not take it now, such as <c>NOTENOUGH</c>: the account lacks the money.</summary>
    /// <param name="Code">WeChat's, without underscores.</param>
    public sealed record Refused(string Code) : RefundOutcome;

    /// <summary>Too much at once: come back later, with the same number.</summary>
    public sealed record Busy : RefundOutcome;

    /// <summary>No answer that can be used; it may have been carried out. The same number may be sent again.</summary>
    public sealed record Unknown : RefundOutcome;
}

/// <summary>A refund, as answer, query and notification tell it.</summary>
/// <param name="RefundId">WeChat's number.</param>
public sealed record RefundNews(
    string MchId,
    string OutTradeNo,
    string TransactionId,
    string RefundNo,
    string RefundId,
    RefundStatus Status,
    long RefundFen,
    long TotalFen,
    DateTimeOffset? SucceededAt);

/// <summary>Where WeChat stands with a refund.</summary>
public enum RefundStatus
{
    Processing,
    Success,

    /// <summary>It failed, and the number is used up.</summary>
    Closed,

    /// <summary>The payer's account does not take it: a person has to decide how it goes back.</summary>
    Abnormal,
}
