using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>What a member bought, or is about to. One row of the member's partition.</summary>
/// <param name="Id">Sorts newest first; also the number that shoppers and WeChat see.</param>
/// <param name="MemberId">Who placed it, as they were then; merged accounts keep their orders.</param>
/// <param name="Cart">Frozen when it was placed.</param>
/// <param name="PayBy">From then on it is closed, unless WeChat has the money already.</param>
/// <param name="AddressId">Of the address it was placed with; the address itself is kept with the person.</param>
/// <param name="Note">None is kept here: what a shopper writes is kept with the address.</param>
/// <param name="Wanted">Pieces that it needs of the stock, gifts included.</param>
/// <param name="Stock">What the stock keeps for it, once it is reserved.</param>
/// <param name="Attempts">Payments that were begun, the oldest first.</param>
/// <param name="Payment">The one that paid it; null as long as none did.</param>
/// <param name="Strays">Money that came though it was not, or no longer, wanted. All of it goes back.</param>
/// <param name="Shipments">What was sent, the oldest first.</param>
/// <param name="ReceiveBy">From then on a shipped order counts as received.</param>
/// <param name="CompletedAt">When it was received.</param>
/// <param name="Refunds">What was asked back, the oldest first.</param>
/// <param name="Closing">Why it is to be cancelled; null when nobody wants that.</param>
/// <param name="Cancelled">Why it was cancelled; null as long as it is not.</param>
/// <param name="Log">What happened to it, the oldest first.</param>
/// <param name="Deal">What it is part of, such as a group; null for an ordinary order.</param>
public sealed record Order(
    string Id,
    string MemberId,
    OrderState State,
    PricedCart Cart,
    DateTimeOffset PlacedAt,
    DateTimeOffset PayBy,
    string? AddressId,
    IReadOnlyList<StockWant> Wanted,
    IReadOnlyList<ReservedStock> Stock,
    IReadOnlyList<PaymentAttempt> Attempts,
    OrderPayment? Payment,
    IReadOnlyList<StrayPayment> Strays,
    IReadOnlyList<Shipment> Shipments,
    DateTimeOffset? ReceiveBy,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<OrderRefund> Refunds,
    Cancellation? Closing,
    Cancellation? Cancelled,
    IReadOnlyList<OrderLogEntry> Log,
    OrderDeal? Deal = null)
{
    /// <summary>What has come back to the shopper: 0 … what was paid.</summary>
    public long RefundedFen() =>
        Refunds.Where(refund => refund.State is RefundState.Refunded).Sum(refund => refund.AmountFen)
        + (Deal?.Rebate is { IsPaid: true } rebate ? rebate.AmountFen : 0);

    /// <summary>Whether it is paid, and what it is part of has not come about yet: nothing leaves the shop.</summary>
    public bool WaitsForDeal() => Deal is { State: DealState.Open } && State is OrderState.Paid;

    /// <summary>Whether it is neither paid nor cancelled: it keeps stock, points and coupons from others.</summary>
    public bool IsOpen() => State is OrderState.Placing or OrderState.AwaitingPayment or OrderState.Closing;

    /// <summary>The attempt under which somebody may still pay, or null; there is one at most.</summary>
    public PaymentAttempt? OpenAttempt() => Attempts.FirstOrDefault(attempt => !attempt.IsClosed);
}

/// <summary>ORD: where an order stands. Stored by name: never rename one.</summary>
public enum OrderState
{
    /// <summary>Stock, points and coupons are being reserved.</summary>
    Placing,

    /// <summary>All is reserved; it can be paid.</summary>
    AwaitingPayment,

    /// <summary>It is to be cancelled as soon as WeChat says that nobody can pay any more.</summary>
    Closing,

    /// <summary>Paid, nothing sent yet.</summary>
    Paid,

    /// <summary>All of it is on its way.</summary>
    Shipped,

    /// <summary>Received.</summary>
    Completed,

    /// <summary>Never paid, and never will be. Final.</summary>
    Cancelled,

    /// <summary>Paid, and all of it paid back. Final.</summary>
    Refunded,
}

/// <summary>One try to pay by WeChat: a number of its own.</summary>
/// <param name="OutTradeNo">Our number at WeChat Pay.</param>
/// <param name="IsClosed">Nobody can pay under this number any more, or somebody has.</param>
public sealed record PaymentAttempt(string OutTradeNo, DateTimeOffset At, bool IsClosed = false);

/// <summary>What paid an order.</summary>
/// <param name="OutTradeNo">Null where there was nothing to pay.</param>
/// <param name="TransactionId">WeChat's number; null where there was nothing to pay.</param>
public sealed record OrderPayment(string? OutTradeNo, string? TransactionId, long AmountFen, DateTimeOffset At);

/// <summary>A payment that is not the order's: too late, a second one, or not as asked.</summary>
public sealed record StrayPayment(string OutTradeNo, string TransactionId, long AmountFen, DateTimeOffset At);

/// <summary>A parcel, or goods that were handed over.</summary>
/// <param name="Company">The carrier's code at WeChat, such as <c>SF</c>; null when nothing was sent by one.</param>
/// <param name="TrackingNo">Null when there is none.</param>
public sealed record Shipment(
    int Number,
    string? Company,
    string? TrackingNo,
    IReadOnlyList<int> LineNumbers,
    string OperatorId,
    DateTimeOffset At);

/// <summary>Why an order was cancelled.</summary>
/// <param name="Code">Of the refusal that kept it from being placed, or the reason that was chosen.</param>
/// <param name="Text">What the shopper was told; null where the cause says it all.</param>
public sealed record Cancellation(CancelCause Cause, string? Code, DateTimeOffset At, string? Text = null);

/// <summary>Stored by name: never rename one.</summary>
public enum CancelCause
{
    /// <summary>Something could not be reserved.</summary>
    NotReserved,
    ByMember,
    ByOperator,
    TimeOut,
}

/// <summary>Something that happened to an order.</summary>
/// <param name="Actor"><c>member</c>, <c>system</c>, or <c>operator:{id}</c>.</param>
/// <param name="What">A stable word, such as <c>paid</c>.</param>
public sealed record OrderLogEntry(
    DateTimeOffset At, string Actor, string What, OrderState Before, OrderState After, string? Detail = null);
