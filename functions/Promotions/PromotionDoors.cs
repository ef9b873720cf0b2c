using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>
/// CMP-01: whether what belongs to a promotion is open now, and to this member. One read, and none for what belongs to
/// no promotion. Nothing is remembered, so that a pause holds for the next call in every process.
/// </summary>
/// <remarks>It is asked where something begins. What has begun is paid, refunded and settled all the same.</remarks>
public sealed class PromotionDoors(
    PartitionStore store, Audiences audiences, PromotionBudgets budgets, TimeProvider clock)
{
    private static readonly Task<Refusal?> Open = Task.FromResult<Refusal?>(null);

    /// <summary>Why the member cannot begin anything in it now, or null.</summary>
    /// <param name="promotionId">Null for what belongs to none.</param>
    /// <param name="id">Of the part.</param>
    public Task<Refusal?> WhyNot(
        string? promotionId, PartKind kind, string id, MemberCaller member, CancellationToken cancel) =>
        promotionId is null ? Open : Ask(promotionId, new PromotionPart(kind, id), member, cancel);

    /// <summary>Why nobody can begin anything in it now, or null: for those who only look.</summary>
    public async Task<Refusal?> WhyShut(string? promotionId, PartKind kind, string id, CancellationToken cancel) =>
        promotionId is null
            ? null
            : WhyShut(await PromotionBook.Find(store, promotionId, cancel), new PromotionPart(kind, id));

    /// <summary>
    /// Why the member cannot join what others have begun in it, or null: that goes on after its hours and its end, as
    /// it does after the end of an activity (GRP-01), but not while it is paused.
    /// </summary>
    public async Task<Refusal?> WhyNoMore(string? promotionId, MemberCaller member, CancellationToken cancel)
    {
        if (promotionId is null) return null;
        if (await PromotionBook.Find(store, promotionId, cancel) is not { } promotion) return DoorRefusals.NotOpen;
        return promotion.Stage is PromotionStage.Paused ? DoorRefusals.Paused : await WhyOut(promotion, member, cancel);
    }

    /// <summary>
    /// CMP-03: gives coupons, of what the promotion has to give. They are taken out of that first and counted for good
    /// by the message of the gift; what is refused is free again.
    /// </summary>
    /// <param name="grantId">Of this gift, the same however often it is asked for.</param>
    /// <param name="give">Gives them, or says the refusal that it is handed, unless it has given them before.</param>
    public async Task<Decision<T>> Give<T>(
        string? promotionId,
        PromotionPart part,
        MemberCaller member,
        string grantId,
        Func<Refusal?, Task<Decision<T>>> give,
        CancellationToken cancel)
    {
        if (promotionId is null) return await give(null);

        var promotion = await PromotionBook.Find(store, promotionId, cancel);
        var why = WhyShut(promotion, part) ?? await WhyOut(promotion!, member, cancel);
        var couponsMax = promotion?.Plan.CouponsMax;
        if (why is not null || couponsMax is null) return await give(why);

        why = await budgets.Reserve(promotionId, grantId, couponsMax.Value, cancel);
        var decision = await give(why);
        if (why is null && decision.Refusal is not null) await budgets.Release(promotionId, grantId, cancel);
        return decision;
    }

    private async Task<Refusal?> Ask(
        string promotionId, PromotionPart part, MemberCaller member, CancellationToken cancel)
    {
        var promotion = await PromotionBook.Find(store, promotionId, cancel);
        return WhyShut(promotion, part) ?? await WhyOut(promotion!, member, cancel);
    }

    private Refusal? WhyShut(Promotion? promotion, PromotionPart part) =>
        promotion is null ? DoorRefusals.NotOpen : promotion.WhyShut(part, clock.GetUtcNow());

    private async Task<Refusal?> WhyOut(Promotion promotion, MemberCaller member, CancellationToken cancel) =>
        await audiences.Has(promotion.Plan, member, clock.GetUtcNow(), cancel) ? null : DoorRefusals.NotForYou;
}
