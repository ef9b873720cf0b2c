using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>A refund on which the shop has to act.</summary>
public sealed record WaitingRefund(
    string OrderId,
    string MemberId,
    int Number,
    string RefundNo,
    RefundKind Kind,
    RefundState State,
    long AmountFen,
    long Points,
    string Reason,
    DateTimeOffset AskedAt,
    DateTimeOffset? RespondBy);

/// <summary>The waiting refunds of one order.</summary>
/// <param name="Version">Grows with whatever happens to the order: no older copy takes a newer one's place.</param>
public sealed record WaitingRefunds(int Version, IReadOnlyList<WaitingRefund> Refunds)
{
    public static WaitingRefunds Of(Order order) => new(
        order.Log.Count,
        [
            .. order.Refunds
                .Where(refund => refund.State is RefundState.Applied or RefundState.Returning)
                .Select(refund => new WaitingRefund(
                    order.Id, order.MemberId, refund.Number, refund.RefundNo, refund.Kind, refund.State,
                    refund.AmountFen, refund.Points, refund.Reason, refund.AskedAt, refund.RespondBy)),
        ]);
}

/// <summary>Refunds on which the shop has to act, whoever has waited longest first.</summary>
/// <remarks>
/// Partition <c>{spread}:refunds:{shard}</c>: <c>refund:{asked at}:{refund number}</c>, and <c>order:{orderId}</c> with
/// how far the copy of an order is, which is the head of its decisions.
/// </remarks>
public static class WaitingRefundRows
{
    public const string Prefix = "refund";

    /// <summary>Partitions of the list.</summary>
    public const int Shards = 4;

    private const string SecondFormat = "yyyyMMddHHmmss";

    /// <summary>The copies of one order's refunds. A refund that it does not know yet has no row either.</summary>
    public static Layout<WaitingRefunds?, WaitingRefunds> Of(Order order) => new(
        PartitionOf(Spread.ShardOf(order.Id, Shards)),
        HeadOf(order.Id),
        [.. order.Refunds.Select(refund => new Load.One(Row(refund.AskedAt, refund.RefundNo)))],
        Read: rows => rows.Find<WaitingRefunds>(HeadOf(order.Id)),
        Write: waiting => waiting is null
            ? []
            :
            [
                new StateRow(HeadOf(order.Id), waiting with { Refunds = [] }),
                .. waiting.Refunds.Select(refund => new StateRow(Row(refund.AskedAt, refund.RefundNo), refund)),
            ],
        Evolve: (_, newer) => newer);

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(PartitionOf);

    private static string PartitionOf(int shard) => Spread.Partition($"refunds:{shard}");

    private static string HeadOf(string orderId) => $"order:{orderId}";

    private static string Row(DateTimeOffset askedAt, string refundNo) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}:{askedAt.UtcDateTime.ToString(SecondFormat, CultureInfo.InvariantCulture)}:{refundNo}");
}
