using Microsoft.Azure.Functions.Worker;
using Pond.Channels;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>
/// CHN-01: claims the coupon that a channel welcomes a new member with, from the same stock and within the same limit
/// as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnMemberWelcomed(Inbox inbox, CouponGrants grants)
{
    [Function(nameof(CouponOnMemberWelcomed))]
    public Task Run(
        [QueueTrigger(ChannelMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ChannelWelcomeV1>(
            nameof(CouponOnMemberWelcomed), ChannelMessages.CouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(ChannelWelcomeV1 welcome, Operation operation, CancellationToken cancel) =>
        (await grants.GrantOnce(
            welcome.MemberId, welcome.TemplateId, $"channel:{welcome.ChannelId}", operation, cancel)).WhyNot;
}
