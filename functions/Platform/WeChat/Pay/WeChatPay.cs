namespace Pond.Platform.WeChat.Pay;

/// <summary>WeChat Pay APIv3, as far as a mini-program's shop needs it.</summary>
/// <remarks>
/// An outcome that is not known is said to be not known, never guessed. Every request is signed, every answer of 2xx
/// verified before it is believed. Source: pay.weixin.qq.com/doc/v3/merchant.
/// </remarks>
public sealed class WeChatPay
{
    /// <summary>POST /v3/pay/transactions/jsapi.</summary>
    public Task<PrepayOutcome> Prepay(PrepayRequest request, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {request} {cancel}");

    /// <summary>The parameters of <c>wx.requestPayment</c> for a prepared payment.</summary>
    public SignedPayment Sign(string prepayId) => throw new NotSupportedException($"{this} {prepayId}");

    /// <summary>GET /v3/pay/transactions/out-trade-no/{number}.</summary>
    public Task<QueryOutcome> Query(string outTradeNo, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {outTradeNo} {cancel}");

    /// <summary>POST /v3/pay/transactions/out-trade-no/{number}/close.</summary>
    public Task<CloseOutcome> Close(string outTradeNo, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {outTradeNo} {cancel}");

    /// <summary>POST /v3/refund/domestic/refunds: the same number is refunded once.</summary>
    public Task<RefundOutcome> Refund(RefundRequest request, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {request} {cancel}");

    /// <summary>GET /v3/refund/domestic/refunds/{number}.</summary>
    public Task<RefundOutcome> QueryRefund(string refundNo, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {refundNo} {cancel}");

    /// <summary>GET /v3/bill/tradebill, then the file it names, held against its SHA-1.</summary>
    /// <param name="day">A day in China that is over.</param>
    public Task<BillOutcome> DownloadBill(DateOnly day, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {day} {cancel}");
}

/// <summary>What is to be paid, and by whom.</summary>
public sealed record PrepayRequest(
    string OutTradeNo, string Description, long AmountFen, string OpenId, DateTimeOffset ExpiresAt, string NotifyPath);

/// <summary>The parameters of <c>wx.requestPayment</c>.</summary>
public sealed record SignedPayment(string TimeStamp, string NonceStr, string Package, string SignType, string PaySign);

/// <summary>What came of a prepayment.</summary>
public abstract record PrepayOutcome
{
    private PrepayOutcome()
    {
    }

    /// <param name="PrepayId">Good for two hours.</param>
    public sealed record Ready(string PrepayId) : PrepayOutcome;

    /// <summary>Somebody has paid under this number.</summary>
    public sealed record Paid : PrepayOutcome;

    /// <summary>This number is closed.</summary>
    public sealed record Closed : PrepayOutcome;

    /// <summary>WeChat does not take it, and will not: settings, or the values.</summary>
    /// <param name="Code">WeChat's, without underscores.</param>
    public sealed record Refused(string Code) : PrepayOutcome;

    /// <summary>No answer that can be used; it may have been carried out.</summary>
    public sealed record Unknown : PrepayOutcome;
}

/// <summary>What WeChat knows of a payment.</summary>
public abstract record QueryOutcome
{
    private QueryOutcome()
    {
    }

    /// <summary>The money is there, also when some or all of it went back since.</summary>
    public sealed record Paid(Transaction Transaction) : QueryOutcome;

    /// <summary>Nobody has paid, and somebody still may.</summary>
    public sealed record NotPaid : QueryOutcome;

    /// <summary>Nobody has paid, and nobody can.</summary>
    public sealed record Closed : QueryOutcome;

    /// <summary>WeChat has never heard of the number.</summary>
    public sealed record Missing : QueryOutcome;

    /// <summary>No answer that can be used.</summary>
    public sealed record Unknown : QueryOutcome;
}

/// <summary>A payment, as query and notification tell it.</summary>
public sealed record Transaction(
    string AppId,
    string MchId,
    string OutTradeNo,
    string TransactionId,
    string TradeState,
    long TotalFen,
    string Currency,
    string OpenId,
    DateTimeOffset PaidAt);

/// <summary>What came of closing a payment.</summary>
public enum CloseOutcome
{
    /// <summary>Nobody can pay any more, and nobody has.</summary>
    Closed,

    /// <summary>Somebody has paid.</summary>
    Paid,

    /// <summary>WeChat has never heard of the number.</summary>
    Missing,

    /// <summary>No answer that can be used.</summary>
    Unknown,
}

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
public sealed record BillLine(
    string OutTradeNo, string TransactionId, long AmountFen, string? RefundNo, long RefundFen, string State);
