using Microsoft.Azure.Functions.Worker;

namespace Pond.Platform.Queues;

/// <summary>Every five minutes: says which poison queues hold something, for an alert to hear.</summary>
/// <remarks>A queue that is not poisoned has no line, so any line is worth an alert.</remarks>
public sealed partial class WatchPoisonQueues(MessageQueues queues, ILogger<WatchPoisonQueues> log)
{
    [Function(nameof(WatchPoisonQueues))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        foreach (var queue in TriggeredQueues.Names)
        {
            var poison = queue + MessageQueues.PoisonSuffix;
            if (await queues.Count(poison, cancel) is > 0 and var count) Holds(poison, count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Queue} holds {Count} poisoned messages")]
    private partial void Holds(string queue, long count);
}
