using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Members;

/// <summary>AUTH-10: lets the younger account decide about a merge, should the caller not have come to it.</summary>
public sealed class DecideOnMergeExpected(Inbox inbox, Merging merging)
{
    [Function(nameof(DecideOnMergeExpected))]
    public Task Run(
        [QueueTrigger(MemberMessages.MergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MergeExpectedV1>(
            nameof(DecideOnMergeExpected), MemberMessages.MergeQueue, message, Decide, cancel);

    private Task<Refusal?> Decide(MergeExpectedV1 merge, Operation operation, CancellationToken cancel) =>
        merging.Decide(merge, cancel);
}
