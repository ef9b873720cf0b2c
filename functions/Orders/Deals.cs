using Pond.Activities;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Orders;

/// <summary>What an order is part of: a group, a bargain, a claim of a flash sale.</summary>
/// <param name="SubjectId">The group, the attempt or the claim.</param>
/// <param name="Waits">Being paid is not enough: something has to come about, such as a group.</param>
/// <param name="Rebate">What goes back as the final price is less than was paid; null for nothing.</param>
public sealed record OrderDeal(
    ActivityKind Kind,
    string ActivityId,
    string SubjectId,
    bool Waits,
    DealState State = DealState.Open,
    DealRebate? Rebate = null);

/// <summary>Stored by name: never rename one.</summary>
public enum DealState
{
    /// <summary>Not paid, or it waits for the others.</summary>
    Open,

    /// <summary>It has come about: the order goes on like any other. Final.</summary>
    Fulfilled,

    /// <summary>It will not come about: nothing is sent, and what was paid goes back. Final.</summary>
    Failed,
}

/// <summary>ORD-14: the difference between what was paid and the price in the end.</summary>
/// <param name="RefundNo">Our number at WeChat Pay.</param>
public sealed record DealRebate(string RefundNo, long AmountFen, bool IsPaid = false);

/// <summary>What became of an order, as the slice hears that it is part of. Stored by name: never rename one.</summary>
public enum DealMove
{
    Paid,
    Cancelled,

    /// <summary>All of it was paid back.</summary>
    Refunded,
}

/// <summary>An order that a slice wants to be placed.</summary>
/// <param name="Name">Of the activity, as a shopper reads it.</param>
/// <param name="PriceFen">Of one piece: 1 or more.</param>
/// <param name="PayBy">From then on it is closed; null for the time that every order has.</param>
public sealed record DealWish(
    ActivityKind Kind,
    string ActivityId,
    string SubjectId,
    bool Waits,
    string Name,
    Allotment Stock,
    int Quantity,
    long PriceFen,
    string? AddressId,
    string? Note,
    DateTimeOffset? PayBy);

/// <summary>An order that asks its slice to keep what it is to be part of.</summary>
public sealed record DealHold(
    string ActivityId,
    string SubjectId,
    string OrderId,
    string MemberId,
    string SkuId,
    int Quantity,
    long PriceFen,
    DateTimeOffset PayBy);

/// <summary>A slice of activities, as orders see it.</summary>
public interface IDealKeeper
{
    ActivityKind Kind { get; }

    /// <summary>
    /// Keeps a seat, a price or a slot for an order that is being placed, or says why not. The same order again has the
    /// same answer; once it was heard that the order is cancelled, none is kept for it any more.
    /// </summary>
    Task<Refusal?> Keep(DealHold hold, CancellationToken cancel);
}

/// <summary>The "no"s about deals.</summary>
public static class DealRefusals
{
    public static readonly Refusal Waits =
        new("deal.waits", RefusalKind.Conflict, "订单正在等待成团，如需退款请在拼团页面退出该团。");

    public static readonly Refusal NotToSend =
        new("deal.not_to_send", RefusalKind.Conflict, "订单尚未成团或拼团失败，不能发货。");

    public static readonly Refusal NotPaid =
        new("deal.not_paid", RefusalKind.Conflict, "订单没有付款，不能确认活动结果。");
}
