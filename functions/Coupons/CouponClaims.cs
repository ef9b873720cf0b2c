using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-04: one coupon of the stock for a member, whoever asks for it.</summary>
public sealed class CouponClaims(Transactor transactor, PartitionStore store, ShardOnSlotsLent lendings, Ids ids)
{
    /// <summary>Times that an empty shard borrows for one claim before the caller is asked to come back.</summary>
    private const int BorrowsMax = 4;

    /// <summary>Claims one in the member's shard.</summary>
    /// <remarks>
    /// "Sold out" is said on proof alone: nothing is free in any shard, nothing is on its way between two, and a second
    /// look finds no shard changed, so that all of it was true at one instant.
    /// </remarks>
    /// <param name="operation">The same wish is carried out once.</param>
    public Task<Decision<ShardEvent>> Claim(
        Template template, string memberId, Operation operation, CancellationToken cancel) =>
        // What a promotion opens and closes, members claim themselves: it comes in no other way.
        Claim(
            template, memberId, operation, grantId: null,
            template.Terms.PromotionId is null ? null : CouponRefusals.NotOffered, cancel);

    /// <summary>The same for whoever has asked the template's promotion, if it has one.</summary>
    /// <param name="grantId">Under which the promotion counts it.</param>
    /// <param name="shut">Why the promotion lets nobody claim now, or not this member; or null.</param>
    public async Task<Decision<ShardEvent>> Claim(
        Template template,
        string memberId,
        Operation operation,
        string? grantId,
        Refusal? shut,
        CancellationToken cancel)
    {
        var (home, seed) = (ShardRows.HomeOf(memberId, template.Shards), ids.Next());
        for (var borrows = 0; ; borrows++)
        {
            var decision = await transactor.Run(
                ShardRows.Desk(template.Terms.TemplateId, home, memberId),
                operation,
                (desk, now) => shut is null ? ClaimRules.Claim(desk, seed, now, grantId) : shut,
                cancel);
            if (decision.Refusal?.Code != CouponRefusals.SoldOut.Code || template.Shards == 1) return decision;

            var heads = await ShardRows.Heads(store, template, cancel);
            Shard[] shards = [.. heads.Select(head => Stored.Read<Shard>(head.Data))];
            if (ClaimRules.AreEmpty(shards, template.Shards) && await AreUnchanged(heads, template, cancel))
                return decision;
            if (borrows == BorrowsMax) throw new ContendedException(operation.Name);
            if (shards.MaxBy(shard => shard.FreeCount) is { FreeCount: > 0 } richest && richest.Number != home)
                await Borrow(template, richest.Number, home, cancel);
        }
    }

    private async Task<bool> AreUnchanged(IReadOnlyList<Row> heads, Template template, CancellationToken cancel) =>
        (await ShardRows.Heads(store, template, cancel)).Select(head => head.ETag)
            .SequenceEqual(heads.Select(head => head.ETag));

    private async Task Borrow(Template template, int fromShard, int toShard, CancellationToken cancel)
    {
        var lendingId = ids.Next();
        var decision = await transactor.Run(
            ShardRows.Shard(template.Terms.TemplateId, fromShard),
            new Operation(nameof(Borrow), lendingId, Fingerprint: null),
            (desk, _) => ClaimRules.LendSlots(desk, lendingId, toShard),
            cancel);
        if (decision.Facts is [ShardEvent.SlotsLent lent])
            await lendings.Receive(new SlotsLentV1(lent.LendingId, lent.TemplateId, lent.ToShard, lent.Slots), cancel);
    }
}
