using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Payments;

/// <summary>PAY-01: one number at WeChat Pay and what became of it. The head of its partition.</summary>
/// <param name="Asked">What is to be paid; null when it was closed before anybody had asked for anything.</param>
/// <param name="Paid">What WeChat has taken; null as long as it has not.</param>
/// <param name="ClosingSince">Since when nobody is to pay any more; null while somebody may.</param>
/// <param name="CheckAt">When WeChat is asked again; null when there is nothing left to ask.</param>
/// <param name="Checks">How often WeChat was asked.</param>
/// <param name="Misses">How often in a row WeChat gave no answer that can be used.</param>
public sealed record WeChatPayment(
    string OutTradeNo,
    string OrderId,
    string MemberId,
    PaymentState State,
    PaymentAsked? Asked = null,
    PaidTransaction? Paid = null,
    DateTimeOffset? ClosingSince = null,
    DateTimeOffset? ClosedAt = null,
    DateTimeOffset? CheckAt = null,
    int Checks = 0,
    int Misses = 0);

/// <summary>PAY-01: where a payment stands. Stored by name: never rename one.</summary>
public enum PaymentState
{
    /// <summary>Somebody may pay.</summary>
    Prepared,

    /// <summary>WeChat has the money. Final, and possible after <see cref="Closed"/>: the order decides.</summary>
    Paid,

    /// <summary>Nobody can pay any more, and nobody has.</summary>
    Closed,
}

/// <summary>What is to be paid.</summary>
/// <param name="PayerHash">Keyed hash of the payer's openid, never the openid.</param>
/// <param name="PayBy">The last moment to pay.</param>
public sealed record PaymentAsked(long AmountFen, string PayerHash, DateTimeOffset PayBy, DateTimeOffset BegunAt);

/// <summary>What WeChat has taken.</summary>
/// <param name="TransactionId">WeChat's number.</param>
/// <param name="IsAsAsked">Whether amount, currency and payer are those that were asked for.</param>
public sealed record PaidTransaction(string TransactionId, long AmountFen, bool IsAsAsked, DateTimeOffset At);

/// <summary>A payment as WeChat tells it, without the payer's openid.</summary>
public sealed record PaymentNews(
    string OutTradeNo,
    string TransactionId,
    long AmountFen,
    string Currency,
    string PayerHash,
    DateTimeOffset PaidAt);

/// <summary>What WeChat says of a payment that is not paid.</summary>
public enum NotPaidNews
{
    /// <summary>Somebody still may pay.</summary>
    Open,

    /// <summary>Nobody can pay.</summary>
    Closed,

    /// <summary>WeChat has never heard of it.</summary>
    Missing,

    /// <summary>No answer that can be used.</summary>
    Unknown,
}

/// <summary>What the rules of one number look at.</summary>
/// <param name="Payment">Null when nobody has said anything about the number.</param>
/// <param name="Refunds">All of them, where the decision is about refunds; else none.</param>
public sealed record PaymentBook(WeChatPayment? Payment, IReadOnlyList<PaymentRefund> Refunds)
{
    /// <summary>The refund of that number of ours, or null.</summary>
    public PaymentRefund? Refund(string refundNo) => Refunds.SingleOrDefault(refund => refund.RefundNo == refundNo);
}

/// <summary>What can happen to a payment. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Begun), "begun")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(ClosingAsked), "closing-asked")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(Checked), "checked")]
[JsonDerivedType(typeof(Missed), "missed")]
[JsonDerivedType(typeof(RefundChanged), "refund-changed")]
[JsonDerivedType(typeof(RefundSettled), "refund-settled")]
[JsonDerivedType(typeof(Troubled), "troubled")]
public abstract record PaymentEvent
{
    private PaymentEvent()
    {
    }

    public sealed record Begun(WeChatPayment Payment) : PaymentEvent;

    public sealed record Paid(
        string OutTradeNo, string OrderId, string MemberId, PaidTransaction Transaction) : PaymentEvent;

    public sealed record ClosingAsked(DateTimeOffset At, DateTimeOffset CheckAt) : PaymentEvent;

    /// <summary>Also when somebody asks again for what is closed: they are told once more.</summary>
    public sealed record Closed(
        string OutTradeNo, string OrderId, string MemberId, DateTimeOffset At, DateTimeOffset? CheckAt) : PaymentEvent;

    /// <summary>WeChat was asked, and nothing has changed.</summary>
    public sealed record Checked(DateTimeOffset? CheckAt) : PaymentEvent;

    /// <summary>WeChat was asked, and gave no answer that can be used.</summary>
    public sealed record Missed(DateTimeOffset CheckAt) : PaymentEvent;

    /// <param name="Refund">As it is from now on.</param>
    public sealed record RefundChanged(PaymentRefund Refund) : PaymentEvent;

    /// <summary>It is paid back: by WeChat, or by hand.</summary>
    /// <param name="Refund">As it is from now on.</param>
    public sealed record RefundSettled(
        PaymentRefund Refund, PaidTransaction Transaction, RefundSettledV1 Message) : PaymentEvent;

    /// <summary>A person has to look at it.</summary>
    public sealed record Troubled(PaymentTicket Ticket) : PaymentEvent;
}

/// <summary>Why a payment cannot be begun.</summary>
public static class PaymentRefusals
{
    public static readonly Refusal Missing = new("payment.missing", RefusalKind.Missing, "没有找到这笔支付。");

    public static readonly Refusal Closed = new("payment.closed", RefusalKind.Conflict, "这笔支付已关闭，请重新下单。");

    public static readonly Refusal TooLate = new("payment.too_late", RefusalKind.Conflict, "支付时间已过，请重新下单。");

    public static readonly Refusal Differs =
        new("payment.differs", RefusalKind.Conflict, "支付信息已变化，请重新发起支付。");

    public static readonly Refusal NoPayer =
        new("payment.no_payer", RefusalKind.Conflict, "没有可用的微信账号，请重新登录后支付。");

    public static readonly Refusal NotTaken =
        new("payment.not_taken", RefusalKind.Unavailable, "微信支付暂时无法受理，请稍后再试。");

    public static readonly Refusal NoAnswer =
        new("payment.no_answer", RefusalKind.Unavailable, "微信支付没有响应，请稍后再试。");

    public static readonly Refusal BadNotification =
        new("payment.bad_notification", RefusalKind.Invalid, "通知无效。");

    public static readonly Refusal NotificationTooLarge =
        new("payment.large_notification", RefusalKind.Invalid, "通知内容过大。");
}
