using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>Where uses of limited promotions are counted.</summary>
/// <remarks>
/// Partition <c>u:{promotionId}</c>: <c>uses</c> is the head, <c>order:{orderId}</c> what each order holds of it. In
/// the member's partition: <c>promotion-use:{promotionId}</c> how often the member holds it,
/// <c>promotion-order:{orderId}</c> what each order holds.
/// </remarks>
public static class UseRows
{
    private const string Head = "uses";
    private const string OrderPrefix = "order";
    private const string MemberPrefix = "promotion-use";
    private const string MemberOrderPrefix = "promotion-order";

    /// <summary>What is kept of a member, for them to take along.</summary>
    public static readonly IReadOnlyList<PersonalRecords> Records =
    [
        PersonalRecords.Under<MemberUse>("promotionUses", MemberPrefix),
        PersonalRecords.Under<OrderUse>("promotionOrders", MemberOrderPrefix),
    ];

    public static async Task<UseTotal> FindTotal(PartitionStore store, string promotionId, CancellationToken cancel) =>
        await store.Find<UseTotal>(Partition(promotionId), Head, cancel) ?? UseTotal.None;

    /// <summary>How often a member holds or has used one.</summary>
    public static async Task<int> CountOf(
        PartitionStore store, string memberId, string promotionId, CancellationToken cancel)
    {
        var use = await store.Find<MemberUse>(MemberRows.Partition(memberId), MemberRow(promotionId), cancel);
        return use?.Count ?? 0;
    }

    /// <summary>One promotion, as an order looks at it.</summary>
    public static Layout<UseCounter, UseEvent> Total(string promotionId, string orderId)
    {
        var row = $"{OrderPrefix}:{orderId}";
        return new Layout<UseCounter, UseEvent>(
            Partition(promotionId),
            Head,
            [new Load.One(row)],
            Read: rows => new UseCounter(rows.Find<UseTotal>(Head) ?? UseTotal.None, rows.Find<OrderUse>(row)),
            Write: counter =>
            [
                new StateRow(Head, counter.Total),
                .. counter.Order is null ? (StateRow[])[] : [new StateRow(row, counter.Order)],
            ],
            Evolve: UseRules.Evolve);
    }

    /// <summary>One member and some promotions, as an order looks at them.</summary>
    public static Layout<MemberUses, UseEvent> OfMember(
        string memberId, string orderId, IReadOnlyList<string> promotionIds)
    {
        var row = $"{MemberOrderPrefix}:{orderId}";
        return new Layout<MemberUses, UseEvent>(
            MemberRows.Partition(memberId),
            MemberRows.Head,
            [new Load.One(row), .. promotionIds.Select(id => new Load.One(MemberRow(id)))],
            Read: rows => new MemberUses(
                MemberStanding.In(rows),
                [.. promotionIds.Select(id => rows.Find<MemberUse>(MemberRow(id))).OfType<MemberUse>()],
                rows.Find<OrderUse>(row)),
            Write: uses =>
            [
                .. uses.Counts.Select(count => new StateRow(MemberRow(count.PromotionId), count)),
                .. uses.Order is null ? (StateRow[])[] : [new StateRow(row, uses.Order)],
            ],
            Evolve: UseRules.Evolve);
    }

    private static string Partition(string promotionId) => "u:" + promotionId;

    private static string MemberRow(string promotionId) => $"{MemberPrefix}:{promotionId}";
}
