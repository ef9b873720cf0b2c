using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CPN-04: a member claims a coupon. Once this answers, it is theirs; the wallet shows it a moment later.
/// </summary>
public sealed class ClaimCoupon(
    Transactor transactor, PartitionStore store, MemberCallers callers, ShardOnSlotsLent lendings, Ids ids)
{
    /// <summary>Times that an empty shard borrows for one claim before the phone is asked to come back.</summary>
    private const int BorrowsMax = 4;

    [Function(nameof(ClaimCoupon))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("领取优惠券"), Tags("优惠券")]
    [ProducesResponseType<CouponResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "coupons/{templateId}/claims")] HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(ClaimCoupon), caller.Id);
        if (await TemplateRows.Find(store, templateId, cancel) is not { } template)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var decision = await Claim(template, caller.Id, operation, ids.Next(), cancel);
        return decision.ToHttp(facts => Results.Json(
            CouponResponse.Of(facts.OfType<ShardEvent.Claimed>().Single().Coupon),
            statusCode: StatusCodes.Status202Accepted));
    }

    // "Sold out" is said on proof alone: nothing is free in any shard, nothing is on its way between two, and a second
    // look finds no shard changed, so that all of it was true at one instant.
    private async Task<Decision<ShardEvent>> Claim(
        Template template, string memberId, Operation operation, string seed, CancellationToken cancel)
    {
        var home = ShardRows.HomeOf(memberId, template.Shards);
        for (var borrows = 0; ; borrows++)
        {
            var decision = await transactor.Run(
                ShardRows.Desk(template.Terms.TemplateId, home, memberId),
                operation,
                (desk, now) => ClaimRules.Claim(desk, seed, now),
                cancel);
            if (decision.Refusal?.Code != CouponRefusals.SoldOut.Code || template.Shards == 1) return decision;

            var heads = await ShardRows.Heads(store, template, cancel);
            Shard[] shards = [.. heads.Select(head => Stored.Read<Shard>(head.Data))];
            if (ClaimRules.AreEmpty(shards, template.Shards) && await AreUnchanged(heads, template, cancel))
                return decision;
            if (borrows == BorrowsMax) throw new ContendedException(nameof(ClaimCoupon));
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
