using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Coupons;

/// <summary>
/// Partition <c>c:{templateId}:{shard}</c>: <c>shard</c> is the head, <c>slot:{number}</c> the claimed slots, and
/// <c>claim:{memberId}:{n}</c> the claims of a member. Both are only ever inserted, so no slot goes twice and no
/// member gets one too many, whatever else goes wrong.
/// </summary>
public static class ShardRows
{
    public const string Head = "shard";

    private const int SlotDigits = 7;
    private const int NumberDigits = 2;

    public static string Partition(string templateId, int shard) => $"c:{templateId}:{Keys.Sortable(shard, 2)}";

    /// <summary>The shard where a member claims, always the same one.</summary>
    public static int HomeOf(string memberId, int shards) => Convert.ToInt32(Keys.Hash(memberId)[..6], 16) % shards;

    /// <summary>The shard with one member's claims.</summary>
    public static Layout<ClaimDesk, ShardEvent> Desk(string templateId, int shard, string memberId) => new(
        Partition(templateId, shard),
        Head,
        [new Load.Under(ClaimsPrefix(memberId))],
        Read: rows => new ClaimDesk(rows.Find<Shard>(Head), memberId, rows.Under<Claim>(ClaimsPrefix(memberId))),
        Write: Rows,
        Evolve: ShardState.Evolve,
        Announce: Announce);

    /// <summary>The shard alone.</summary>
    public static Layout<ClaimDesk, ShardEvent> Shard(string templateId, int shard) => new(
        Partition(templateId, shard),
        Head,
        Loads: [],
        Read: rows => new ClaimDesk(rows.Find<Shard>(Head), "", []),
        Write: Rows,
        Evolve: ShardState.Evolve,
        Announce: Announce);

    /// <summary>The shards of a template that are open already.</summary>
    public static async Task<IReadOnlyList<Shard>> ReadAll(
        PartitionStore store, Template template, CancellationToken cancel) =>
        [.. (await Heads(store, template, cancel)).Select(head => Stored.Read<Shard>(head.Data))];

    /// <summary>The same as rows, whose ETags tell whether anything has changed between two looks.</summary>
    public static async Task<IReadOnlyList<Row>> Heads(
        PartitionStore store, Template template, CancellationToken cancel)
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, template.Shards)
            .Select(shard => store.Find(Partition(template.Terms.TemplateId, shard), Head, cancel)));
        return [.. heads.OfType<Row>()];
    }

    /// <summary>How many a member has claimed.</summary>
    public static async Task<int> ClaimsOf(
        PartitionStore store, Template template, string memberId, CancellationToken cancel)
    {
        var partition = Partition(template.Terms.TemplateId, HomeOf(memberId, template.Shards));
        return (await store.ReadUnder(partition, ClaimsPrefix(memberId), Load.RowsMax, cancel)).Count;
    }

    private static string ClaimsPrefix(string memberId) => "claim:" + memberId;

    private static IEnumerable<StateRow> Rows(ClaimDesk desk)
    {
        if (desk.Shard is { } shard) yield return new StateRow(Head, shard);
        foreach (var claim in desk.Claims)
        {
            var number = Keys.Sortable(claim.Number, NumberDigits);
            yield return new StateRow($"{ClaimsPrefix(claim.MemberId)}:{number}", claim);
        }
        if (desk.Added is { } added)
            yield return new StateRow($"slot:{Keys.Sortable(added.Slot, SlotDigits)}", added);
    }

    private static IEnumerable<Message> Announce(ShardEvent fact) => fact switch
    {
        ShardEvent.Claimed { Claim: var claim, Coupon: var coupon } claimed =>
        [
            CouponMessages.Wallet(new CouponClaimedV1(claim.MemberId, coupon)),
            .. claimed.GrantId is { } grantId && coupon.Terms.PromotionId is { } promotionId
                ? [PromotionMessages.Granted(new PromotionGrantedV1(promotionId, grantId))]
                : (Message[])[],
        ],
        ShardEvent.CodeClaimed claimed =>
        [
            CouponMessages.Wallet(new CouponClaimedV1(claimed.Claim.MemberId, claimed.Coupon)),
            CouponMessages.CodeSettled(new CodeSettledV1(claimed.CodeKey, claimed.HoldId, IsClaimed: true)),
        ],
        ShardEvent.CodeRefused refused =>
            [CouponMessages.CodeSettled(new CodeSettledV1(refused.CodeKey, refused.HoldId, IsClaimed: false))],
        ShardEvent.SlotsLent lent =>
            [CouponMessages.Lending(new SlotsLentV1(lent.LendingId, lent.TemplateId, lent.ToShard, lent.Slots))],
        _ => [],
    };
}
