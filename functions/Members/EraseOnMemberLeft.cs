using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Members;

/// <summary>AUTH-06: erases the person behind a member who has left.</summary>
public sealed class EraseOnMemberLeft(Inbox inbox, Erasure erasure)
{
    [Function(nameof(EraseOnMemberLeft))]
    public Task Run(
        [QueueTrigger(MemberMessages.ErasureQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberLeftV1>(
            nameof(EraseOnMemberLeft), MemberMessages.ErasureQueue, message, Erase, cancel);

    private async Task<Refusal?> Erase(MemberLeftV1 left, Operation operation, CancellationToken cancel)
    {
        await erasure.Run(left.MemberId, cancel);
        return null;
    }
}
