using System.Diagnostics;

namespace Pond.Orders;

/// <summary>What a shopper wants back.</summary>
/// <param name="Lines">Null for everything that was not asked back before.</param>
public sealed record RefundAsk(RefundKind Kind, IReadOnlyList<RefundWish>? Lines, RefundReason Reason);

/// <summary>Pieces of a line that are to go back.</summary>
public sealed record RefundWish(int LineNumber, int Quantity);

/// <summary>What the shop gives back without being asked.</summary>
/// <param name="Lines">Null for everything that was not asked back before; empty for freight alone.</param>
/// <param name="HasFreight">Whether all the freight goes back that has not; else only when the rules say so.</param>
/// <param name="RestockedLines">Numbers of lines; null for those that were not sent yet.</param>
public sealed record RefundGift(
    IReadOnlyList<RefundWish>? Lines,
    bool HasFreight,
    bool IsMerchantsFault,
    IReadOnlyList<int>? RestockedLines,
    string Reason);

/// <summary>What the shop says to a refund on which it has to act: to a wish, or to goods that came back.</summary>
/// <param name="IsYes">Agreed, or the goods are accepted.</param>
/// <param name="RestockedLines">Numbers of lines; null for those that were not sent yet.</param>
/// <param name="Reason">For the shopper and the audit.</param>
public sealed record RefundVerdict(
    bool IsYes, bool IsMerchantsFault, IReadOnlyList<int>? RestockedLines, string Reason);

/// <summary>How long whose turn it is has, and what needs no decision.</summary>
/// <param name="Decision">For the shop to say yes or no.</param>
/// <param name="Return">For the shopper to send the goods.</param>
/// <param name="Inspection">For the shop to look at them.</param>
/// <param name="AfterReceipt">How long after it was received something of an order can be asked back.</param>
/// <param name="Receipt">From the last parcel to when the order counts as received.</param>
/// <param name="AgreesUnshipped">Whether what was not sent goes back at once.</param>
public sealed record AfterSaleTerms(
    TimeSpan Decision,
    TimeSpan Return,
    TimeSpan Inspection,
    TimeSpan AfterReceipt,
    TimeSpan Receipt,
    bool AgreesUnshipped);

/// <summary>
/// Why a shopper wants something back. Chosen from a list, so that nothing about a person is ever written into an
/// order.
/// </summary>
public enum RefundReason
{
    Unwanted,
    OrderedWrong,
    NotReceived,
    Damaged,
    WrongGoods,
    NotAsDescribed,
    Other,
}

/// <summary>Those reasons in words.</summary>
public static class RefundReasons
{
    public static string TextOf(RefundReason reason) => reason switch
    {
        RefundReason.Unwanted => "不想要了",
        RefundReason.OrderedWrong => "拍错或多拍",
        RefundReason.NotReceived => "没有收到货",
        RefundReason.Damaged => "商品破损或有质量问题",
        RefundReason.WrongGoods => "发错商品或漏发",
        RefundReason.NotAsDescribed => "与描述不符",
        RefundReason.Other => "其他原因",
        _ => throw new UnreachableException(),
    };
}
