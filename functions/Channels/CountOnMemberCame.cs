using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Channels;

/// <summary>CHN-03: counts whom a channel has brought.</summary>
public sealed class CountOnMemberCame(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CountOnMemberCame))]
    public Task Run(
        [QueueTrigger(ChannelMessages.CountsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ChannelCountedV1>(nameof(CountOnMemberCame), ChannelMessages.CountsQueue, message, Add, cancel);

    private async Task<Refusal?> Add(ChannelCountedV1 counted, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            ChannelCounts.Of(counted.ChannelId, counted.MemberId),
            operation,
            (count, _) => counted.IsAdded
                ? count with { Added = count.Added + 1 }
                : count with { Returned = count.Returned + 1 },
            cancel);
        return decision.Refusal;
    }
}
