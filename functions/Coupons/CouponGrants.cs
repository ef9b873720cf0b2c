using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Claims coupons for members who have not asked for them, from the same stock and within the same limit as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponGrants(
    CouponClaims claims, RefusedGifts refused, Survivors survivors, PartitionStore store)
{
    /// <summary>The same operation again is the same coupon; what was refused for an occasion stays refused.</summary>
    /// <param name="memberId">As at the occasion, whoever that member has become since.</param>
    /// <param name="occasion">What it is for, such as <c>tier:gold:1</c>.</param>
    /// <returns>The coupon; or why there is none, unless that was said before.</returns>
    public async Task<(Coupon? Coupon, Refusal? WhyNot)> Grant(
        string memberId, string templateId, string occasion, Operation operation, CancellationToken cancel)
    {
        if (await refused.Has(memberId, templateId, occasion, cancel)) return (null, null);

        var decision = await Claim(memberId, templateId, operation, cancel);
        if (decision.Refusal is not { } why)
            return (decision.Facts.OfType<ShardEvent.Claimed>().Single().Coupon, null);
        await refused.Keep(memberId, templateId, occasion, why, cancel);
        return (null, why);
    }

    /// <summary>Of the occasion, not of the message: told again under another name, it is the same wish.</summary>
    public Task<(Coupon? Coupon, Refusal? WhyNot)> GrantOnce(
        string memberId, string templateId, string occasion, Operation operation, CancellationToken cancel) =>
        Grant(memberId, templateId, occasion, operation with { Key = $"{memberId} {templateId} {occasion}" }, cancel);

    // Whoever the member has become: the claim is theirs under the id that it began with, so it is one claim.
    private async Task<Decision<ShardEvent>> Claim(
        string memberId, string templateId, Operation operation, CancellationToken cancel)
    {
        if (MemberStanding.WhyNot(await survivors.Find(memberId, cancel)) is { } why) return why;
        return await TemplateRows.Find(store, templateId, cancel) is { } template
            ? await claims.Claim(template, memberId, operation, cancel)
            : CouponRefusals.TemplateMissing;
    }
}
