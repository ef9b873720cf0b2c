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
        if (await FindTemplate(templateId, cancel) is not { } template)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var (home, seed) = (ShardRows.HomeOf(caller.Id, template.Shards), ids.Next());
        var decision = await Claim(template, home, caller.Id, operation, seed, cancel);
        for (var step = 1; step < template.Shards && decision.Refusal == CouponRefusals.SoldOut; step++)
        {
            await Borrow(template, (home + step) % template.Shards, home, cancel);
            decision = await Claim(template, home, caller.Id, operation, seed, cancel); // others may have borrowed too
        }

        // While some slots are between two shards the phone asks again: never a false "sold out".
        if (decision.Refusal == CouponRefusals.SoldOut && !await AreAllClaimed(template, cancel))
            throw new ContendedException(nameof(ClaimCoupon));

        return decision.ToHttp(facts => Results.Json(
            CouponResponse.Of(facts.OfType<ShardEvent.Claimed>().Single().Coupon),
            statusCode: StatusCodes.Status202Accepted));
    }

    private async Task<Template?> FindTemplate(string templateId, CancellationToken cancel)
    {
        if (!Ids.IsId(templateId)) return null;
        var row = await store.Find(TemplateRows.Partition(templateId), TemplateRows.Head, cancel);
        return row is null ? null : Stored.Read<Template>(row.Data);
    }

    private Task<Decision<ShardEvent>> Claim(
        Template template, int shard, string memberId, Operation operation, string seed, CancellationToken cancel) =>
        transactor.Run(
            ShardRows.Desk(template.Terms.TemplateId, shard, memberId),
            operation,
            (desk, now) => ClaimRules.Claim(desk, seed, now),
            cancel);

    // Counts only grow, so a sum that reaches the stock is true although the shards are read one after the other.
    private async Task<bool> AreAllClaimed(Template template, CancellationToken cancel) =>
        (await ShardRows.ReadAll(store, template, cancel)).Sum(shard => shard.ClaimedCount) == template.Stock;

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
