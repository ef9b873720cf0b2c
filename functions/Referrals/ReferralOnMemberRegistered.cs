using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Referrals;

/// <summary>REF-03: somebody has registered by an invitation.</summary>
public sealed class ReferralOnMemberRegistered(Inbox inbox, FriendDesk friends)
{
    [Function(nameof(ReferralOnMemberRegistered))]
    public Task Run(
        [QueueTrigger(MemberMessages.RegisteredQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberRegisteredV1>(
            nameof(ReferralOnMemberRegistered), MemberMessages.RegisteredQueue, message, Register, cancel);

    private async Task<Refusal?> Register(
        MemberRegisteredV1 registered, Operation operation, CancellationToken cancel)
    {
        await friends.SharerOf(registered.MemberId, cancel);
        return null;
    }
}
