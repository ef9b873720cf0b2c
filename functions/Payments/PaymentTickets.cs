using System.Globalization;
using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-07: something about money that a person has to look at.</summary>
/// <param name="Id">Of what it is about, so that the same trouble is one ticket.</param>
/// <param name="AmountFen">How much it is about.</param>
/// <param name="Detail">WeChat's code or number, or what our books say; nothing of a person.</param>
/// <param name="Settled">What was done about it; null while it is open.</param>
public sealed record PaymentTicket(
    string Id,
    TicketKind Kind,
    string? OutTradeNo,
    string? TransactionId,
    string? RefundNo,
    long AmountFen,
    string? Detail,
    DateTimeOffset OpenedAt,
    TicketSettlement? Settled = null)
{
    [JsonIgnore]
    public bool IsOpen => Settled is null;

    /// <summary>About a payment that WeChat tells of.</summary>
    public static PaymentTicket Of(TicketKind kind, PaymentNews news, DateTimeOffset now) => new(
        IdOf(kind, news.OutTradeNo, news.TransactionId), kind,
        news.OutTradeNo, news.TransactionId, null, news.AmountFen, null, now);

    /// <summary>About a refund of ours.</summary>
    public static PaymentTicket Of(
        TicketKind kind, WeChatPayment payment, PaymentRefund refund, string? detail, DateTimeOffset now) => new(
        IdOf(kind, refund.WeChatNo, refund.Retries.ToString(CultureInfo.InvariantCulture)), kind,
        payment.OutTradeNo, payment.Paid?.TransactionId, refund.RefundNo, refund.AmountFen, detail, now);

    /// <summary>About a refund that WeChat tells of and nobody here has asked for.</summary>
    public static PaymentTicket Of(TicketKind kind, RefundNews news, DateTimeOffset now) => new(
        IdOf(kind, news.RefundNo, news.RefundId), kind,
        news.OutTradeNo, news.TransactionId, news.RefundNo, news.RefundFen, news.RefundId, now);

    /// <summary>About a refund that an order wants and that cannot be.</summary>
    public static PaymentTicket Of(RefundWantedV1 wanted, string why, DateTimeOffset now) => new(
        IdOf(TicketKind.RefundDeclined, wanted.RefundNo, why), TicketKind.RefundDeclined,
        wanted.OutTradeNo, null, wanted.RefundNo, wanted.AmountFen, why, now);

    /// <summary>The same for the same trouble, however often it is found.</summary>
    public static string IdOf(TicketKind kind, string about, string which) => Ids.From($"{kind} {about} {which}");
}

/// <summary>What is wrong. Stored by name: never rename one.</summary>
public enum TicketKind
{
    /// <summary>WeChat has money under a number that was never ours.</summary>
    StrangePayment,

    /// <summary>WeChat names two transactions for one number.</summary>
    SecondTransaction,

    /// <summary>WeChat paid something back that nobody here has asked for.</summary>
    StrangeRefund,

    /// <summary>An order wants back more than there is, or something else that cannot be.</summary>
    RefundDeclined,

    /// <summary>A refund does not get through, such as for lack of money; it is tried on and on.</summary>
    RefundStuck,

    /// <summary>WeChat has closed a refund: it needs another number.</summary>
    RefundClosed,

    /// <summary>The payer's account does not take a refund.</summary>
    RefundAbnormal,

    /// <summary>WeChat knows a refund of ours with another amount.</summary>
    RefundDiffers,

    /// <summary>WeChat paid back what a person had paid back.</summary>
    RefundedTwice,

    /// <summary>A line of the bill that is not in our books.</summary>
    BillLineStrange,

    /// <summary>Money in our books that is not in the bill.</summary>
    BillLineMissing,

    /// <summary>A line of the bill with another amount than in our books.</summary>
    BillLineDiffers,

    /// <summary>A day with payments has no bill.</summary>
    BillMissing,
}

/// <summary>What was done about a ticket.</summary>
/// <param name="How">Null when it had come right by itself.</param>
/// <param name="OperatorId">Null in that case.</param>
public sealed record TicketSettlement(SettlementHow? How, string? OperatorId, string? Reason, DateTimeOffset At);

/// <summary>What an operator does about a ticket. Stored by name: never rename one.</summary>
public enum SettlementHow
{
    /// <summary>WeChat is to try again.</summary>
    Retried,

    /// <summary>A person has paid it back in another way.</summary>
    PaidBackByHand,

    /// <summary>Nothing has to be done.</summary>
    Ignored,
}

/// <summary>What can happen to a ticket. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Settled), "settled")]
public abstract record TicketEvent(PaymentTicket Ticket)
{
    public sealed record Opened(PaymentTicket Ticket) : TicketEvent(Ticket);

    public sealed record Settled(PaymentTicket Ticket) : TicketEvent(Ticket);
}

/// <summary>A ticket is open, or has come right by itself.</summary>
public sealed record PaymentTicketV1(PaymentTicket Ticket);

/// <summary>An operator has decided about the refund of a ticket.</summary>
public sealed record TicketSettledV1(PaymentTicket Ticket);

/// <summary>The queues of tickets.</summary>
public static class TicketMessages
{
    public const string TicketQueue = "payment-tickets";
    public const string SettledQueue = "payment-tickets-settled";

    public static Message Told(PaymentTicket ticket) => new(TicketQueue, new PaymentTicketV1(ticket));

    public static Message Settled(PaymentTicket ticket) => new(SettledQueue, new TicketSettledV1(ticket));
}

/// <summary>Why a ticket cannot be settled.</summary>
public static class TicketRefusals
{
    public static readonly Refusal Missing = new("payment_ticket.missing", RefusalKind.Missing, "没有找到这张待处理单。");

    public static readonly Refusal Settled =
        new("payment_ticket.settled", RefusalKind.Conflict, "这张待处理单已有人处理。");

    public static readonly Refusal NotARefund =
        new("payment_ticket.not_a_refund", RefusalKind.Conflict, "这张待处理单没有可重试的退款。");

    public static readonly Refusal MoneyOwed =
        new("payment_ticket.money_owed", RefusalKind.Conflict, "这笔退款尚未退回，请重试或线下退款。");
}
