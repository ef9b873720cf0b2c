using Microsoft.Extensions.Logging;

namespace Pond.LocalHost;

/// <summary>Hands messages to queue functions and settles them as the Functions host does.</summary>
/// <remarks>
/// Success completes the message; a failure hides it for host.json's <c>visibilityTimeout</c>, and the last
/// failure moves it to the poison queue, as does a message that was taken too often before.
/// </remarks>
public sealed partial class QueuePump(
    FunctionCatalog catalog, QueueSettings settings, FunctionInvoker invoker, ILogger<QueuePump> log,
    ITriggerQueues? queues = null)
{
    /// <summary>How long a message is hidden while its function runs; the Functions host's own figure.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, FunctionDescriptor> byQueue = catalog.All
        .Where(function => function.Trigger is FunctionTrigger.OnMessage)
        .ToDictionary(function => ((FunctionTrigger.OnMessage)function.Trigger).Name);

    /// <summary>The queues that have a function.</summary>
    public IReadOnlyCollection<string> Queues => byQueue.Keys;

    internal ITriggerQueues Service => queues ?? throw new InvalidOperationException(
        "There are queue functions but no queue service: register an ITriggerQueues in Program.cs.");

    /// <summary>Delivers what is visible now in every queue, one message after the other.</summary>
    /// <returns>How many messages were settled. What the functions sent themselves may still wait.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var settled = 0;
        foreach (var queue in byQueue.Keys) settled += await RunOnce(queue, cancel);
        return settled;
    }

    /// <summary>Delivers what is visible now in one queue; what fails is not delivered again by this call.</summary>
    /// <returns>How many messages were settled.</returns>
    public async Task<int> RunOnce(string queue, CancellationToken cancel)
    {
        var visible = new List<TriggerMessage>();
        IReadOnlyList<TriggerMessage> taken;
        do
        {
            taken = await Service.Receive(queue, settings.BatchSize, Lease, cancel);
            visible.AddRange(taken);
        }
        while (taken.Count > 0);

        foreach (var message in visible) await Deliver(message, cancel);
        return visible.Count;
    }

    /// <summary>Runs the function of the message's queue, then settles the message whatever happened.</summary>
    public async Task Deliver(TriggerMessage message, CancellationToken cancel)
    {
        var function = byQueue[message.Queue];
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            TakenTooOften(message.Queue, message.Id, message.DequeueCount);
            await Service.Poison(message, CancellationToken.None);
            return;
        }

        try
        {
            await invoker.Invoke(function, message, cancel);
        }
        catch (Exception exception)
        {
            Failed(function.Name, message.Id, message.DequeueCount, exception);
            await SettleFailed(message);
            return;
        }

        await Service.Complete(message, CancellationToken.None);
    }

    private Task SettleFailed(TriggerMessage message) => message.DequeueCount >= settings.MaxDequeueCount
        ? Service.Poison(message, CancellationToken.None)
        : Service.Retry(message, settings.VisibilityTimeout, CancellationToken.None);

    [LoggerMessage(LogLevel.Error, "{Function} failed on message {Id}, try {DequeueCount}.")]
    private partial void Failed(string function, string id, long dequeueCount, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {Id} of {Queue} was taken {DequeueCount} times: poison without a run.")]
    private partial void TakenTooOften(string queue, string id, long dequeueCount);
}
