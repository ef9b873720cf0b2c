namespace Pond.Orders;

/// <summary>Something that is asked back: of some lines, some pieces.</summary>
/// <param name="Number">1, 2, 3 … within the order.</param>
/// <param name="RefundNo">Our number at WeChat Pay: of order and number, so that it is refunded once.</param>
/// <param name="Lines">Empty for freight alone.</param>
/// <param name="AmountFen">Money that goes back: 0 … what of the order is not asked back yet.</param>
/// <param name="FreightFen">Of that, freight.</param>
/// <param name="Points">Spent points that go back.</param>
/// <param name="RespondBy">Until when whose turn it is has to act; null when nobody has to.</param>
public sealed record OrderRefund(
    int Number,
    string RefundNo,
    RefundKind Kind,
    RefundState State,
    IReadOnlyList<RefundLine> Lines,
    long AmountFen,
    long FreightFen,
    long Points,
    string Reason,
    bool IsMerchantsFault,
    DateTimeOffset AskedAt,
    DateTimeOffset? RespondBy,
    string? ReturnCompany = null,
    string? ReturnTrackingNo = null,
    string? Answer = null);

/// <summary>Pieces of a line.</summary>
/// <param name="AmountFen">What was paid for them.</param>
/// <param name="Points">What was spent on them.</param>
/// <param name="IsRestocked">Whether they can be sold again: once the refund is agreed, somebody says so.</param>
public sealed record RefundLine(int LineNumber, int Quantity, long AmountFen, long Points, bool IsRestocked = false);

/// <summary>Stored by name: never rename one.</summary>
public enum RefundKind
{
    /// <summary>Money alone.</summary>
    MoneyOnly,

    /// <summary>The goods come back first.</summary>
    ReturnGoods,
}

/// <summary>Where a refund stands. Stored by name: never rename one.</summary>
public enum RefundState
{
    /// <summary>Asked for; the shop decides.</summary>
    Applied,

    /// <summary>The shop agrees; the shopper sends the goods back.</summary>
    AwaitingReturn,

    /// <summary>The goods are on their way back; the shop looks at them.</summary>
    Returning,

    /// <summary>WeChat is to pay it back.</summary>
    Refunding,

    /// <summary>Paid back. Final.</summary>
    Refunded,

    /// <summary>Taken back by the shopper. Final.</summary>
    Withdrawn,

    /// <summary>The shop said no. Final.</summary>
    Rejected,

    /// <summary>The shop did not accept the goods that came back. Final.</summary>
    GoodsRefused,
}
