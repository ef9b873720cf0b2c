using Microsoft.Azure.Functions.Worker;
using Pond.Channels;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CHN-01: claims the coupon that a channel welcomes a new member with, from the same stock and within the same limit
/// as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnMemberWelcomed(
    Inbox inbox, CouponClaims claims, RefusedGifts refused, Survivors survivors, PartitionStore store)
{
    [Function(nameof(CouponOnMemberWelcomed))]
    public Task Run(
        [QueueTrigger(ChannelMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ChannelWelcomeV1>(
            nameof(CouponOnMemberWelcomed), ChannelMessages.CouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(ChannelWelcomeV1 welcome, Operation operation, CancellationToken cancel)
    {
        var occasion = $"channel:{welcome.ChannelId}";
        if (await refused.Has(welcome.MemberId, welcome.TemplateId, occasion, cancel)) return null;

        // Of the welcome, not of the message: told again under another name, it is the same wish.
        var why = await Claim(
            welcome, operation with { Key = $"{welcome.MemberId} {welcome.TemplateId} {occasion}" }, cancel);
        if (why is not null) await refused.Keep(welcome.MemberId, welcome.TemplateId, occasion, why, cancel);
        return why;
    }

    private async Task<Refusal?> Claim(ChannelWelcomeV1 welcome, Operation operation, CancellationToken cancel)
    {
        // Whoever the member has become: the claim is theirs under the id that it began with, so it is one claim.
        if (MemberStanding.WhyNot(await survivors.Find(welcome.MemberId, cancel)) is { } why) return why;
        return await TemplateRows.Find(store, welcome.TemplateId, cancel) is { } template
            ? (await claims.Claim(template, welcome.MemberId, operation, cancel)).Refusal
            : CouponRefusals.TemplateMissing;
    }
}
