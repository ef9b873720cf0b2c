using Pond.Platform;

namespace Pond.Payments;

/// <summary>
/// WeChat has the money of a payment. The order decides what that means: it may come too late, or twice.
/// </summary>
/// <param name="TransactionId">WeChat's number.</param>
/// <param name="AmountFen">What was really paid.</param>
/// <param name="IsAsAsked">Whether amount, currency and payer are those of the wish; if not, it goes back.</param>
public sealed record PaymentSucceededV1(
    string OutTradeNo,
    string OrderId,
    string MemberId,
    string TransactionId,
    long AmountFen,
    bool IsAsAsked,
    DateTimeOffset PaidAt);

/// <summary>Nobody can pay under this number any more, and nobody has.</summary>
public sealed record PaymentClosedV1(string OutTradeNo, string OrderId, string MemberId, DateTimeOffset At);

/// <summary>An order is to be cancelled: nobody is to pay under this number any more.</summary>
public sealed record PaymentClosingV1(string OutTradeNo, string OrderId, string MemberId);

/// <summary>Money is to go back.</summary>
/// <param name="RefundNo">
/// Of what it is for, so that it is paid back once: at most 64 letters, digits and hyphens.
/// </param>
/// <param name="AmountFen">1 … what was paid and did not go back yet.</param>
/// <param name="Reason">For the shopper: at most 80 characters.</param>
public sealed record RefundWantedV1(
    string RefundNo,
    string OutTradeNo,
    string OrderId,
    string MemberId,
    long AmountFen,
    string Reason);

/// <summary>WeChat has paid it back, or a person has and says so.</summary>
public sealed record RefundSettledV1(
    string RefundNo, string OutTradeNo, string OrderId, string MemberId, long AmountFen, DateTimeOffset At);

/// <summary>The queues between orders and payments.</summary>
public static class PaymentMessages
{
    public const string SucceededQueue = "payment-succeeded";
    public const string ClosedQueue = "payment-closed";
    public const string ClosingQueue = "payment-closing";
    public const string RefundWantedQueue = "refund-wanted";
    public const string RefundSettledQueue = "refund-settled";

    public static Message Succeeded(PaymentSucceededV1 succeeded) => new(SucceededQueue, succeeded);

    public static Message Closed(PaymentClosedV1 closed) => new(ClosedQueue, closed);

    public static Message Closing(PaymentClosingV1 closing) => new(ClosingQueue, closing);

    public static Message RefundWanted(RefundWantedV1 wanted) => new(RefundWantedQueue, wanted);

    public static Message RefundSettled(RefundSettledV1 settled) => new(RefundSettledQueue, settled);
}
