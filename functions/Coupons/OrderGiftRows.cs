using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>Coupons of one template that an order has brought, and how many it does not deserve any more.</summary>
/// <param name="Given">As they were claimed.</param>
/// <param name="Undeserved">How many are to be taken back; it may be known before they are given.</param>
/// <param name="TakenIds">Those that have been.</param>
public sealed record OrderGifts(
    string OrderId, string TemplateId, IReadOnlyList<Coupon> Given, int Undeserved, IReadOnlyList<string> TakenIds)
{
    /// <summary>Those to be tried, in this order, until enough are taken back.</summary>
    public IEnumerable<Coupon> Left() => Given.Where(coupon => !TakenIds.Contains(coupon.Id));

    /// <summary>Whether some are still to be taken back.</summary>
    public bool IsOwing() => TakenIds.Count < Undeserved;
}

/// <summary>Rows <c>order-coupon:{hash}</c> in the partition of the member who placed the order.</summary>
public static class OrderGiftRows
{
    public const string Prefix = "order-coupon";

    /// <summary>The note of an order and a template; a fact is the note as it is from then on.</summary>
    public static Layout<OrderGifts, OrderGifts> Note(string memberId, string orderId, string templateId)
    {
        var row = $"{Prefix}:{Keys.Hash(orderId, templateId)}";
        return new(
            MemberRows.Partition(memberId),
            MemberRows.Head,
            [new Load.One(row)],
            Read: rows => rows.Find<OrderGifts>(row) ?? new OrderGifts(orderId, templateId, [], 0, []),
            Write: gifts => [new StateRow(row, gifts)],
            Evolve: (_, gifts) => gifts);
    }
}
