using Microsoft.Extensions.Logging;

namespace Pond.LocalHost;

/// <summary>Looks into one queue again and again and delivers what it finds, several messages at once.</summary>
internal sealed partial class QueueListener(
    string queue, QueuePump pump, QueueSettings settings, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan PollingIntervalMin = TimeSpan.FromMilliseconds(100);

    private const double SpreadMin = 0.8;
    private const double SpreadMax = 1.2;
    private const int DoublingsMax = 20;

    private readonly ITriggerQueues queues = pump.Service;
    private volatile TaskCompletionSource arrival = NewSignal();

    /// <summary>Runs until told to stop taking; then waits for what it took.</summary>
    /// <param name="abandon">Given to the functions: the stop has waited long enough.</param>
    public async Task Run(CancellationToken stop, CancellationToken abandon)
    {
        queues.Sent += Wake;
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, stop);
        var running = new List<Task>();
        var emptyLooks = 0;
        while (!stop.IsCancellationRequested)
        {
            running.RemoveAll(delivery => delivery.IsCompleted);
            if (running.Count > settings.NewBatchThresholdOrDefault)
            {
                await Task.WhenAny(running);
                continue;
            }

            var sent = ListenForSent(); // before the look, so that nothing sent during it is slept over
            var taken = await Take(abandon);
            running.AddRange(taken.Select(message => Deliver(message, abandon)));
            emptyLooks = taken.Count == 0 ? emptyLooks + 1 : 0;
            if (taken.Count > 0) continue;

            await Task.WhenAny(sent, stopped, Task.Delay(Pause(emptyLooks), clock, CancellationToken.None));
            if (sent.IsCompleted) emptyLooks = 0;
        }

        queues.Sent -= Wake;
        await Task.WhenAll(running);
    }

    /// <summary>Doubles with each empty look, spread at random so that listeners do not march in step.</summary>
    private TimeSpan Pause(int emptyLooks)
    {
        var spread = SpreadMin + (Random.Shared.NextDouble() * (SpreadMax - SpreadMin));
        var pause = PollingIntervalMin * (spread * (1 << Math.Min(emptyLooks - 1, DoublingsMax)));
        return pause < settings.MaxPollingInterval ? pause : settings.MaxPollingInterval;
    }

    private Task ListenForSent()
    {
        if (arrival.Task.IsCompleted) arrival = NewSignal();
        return arrival.Task;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake(string sentTo)
    {
        if (sentTo == queue) arrival.TrySetResult();
    }

    private async Task<IReadOnlyList<TriggerMessage>> Take(CancellationToken cancel)
    {
        try
        {
            return await queues.Receive(queue, settings.BatchSize, QueuePump.Lease, cancel);
        }
        catch (Exception exception)
        {
            CannotTake(queue, exception);
            return []; // the pause between looks grows, as with an empty queue
        }
    }

    private async Task Deliver(TriggerMessage message, CancellationToken cancel)
    {
        try
        {
            await Task.Run(() => pump.Deliver(message, cancel), CancellationToken.None);
        }
        catch (Exception exception)
        {
            CannotSettle(queue, message.Id, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Nothing can be taken from {Queue}; trying again.")]
    private partial void CannotTake(string queue, Exception exception);

    [LoggerMessage(LogLevel.Error, "Message {Id} of {Queue} could not be settled; it comes back when its lease ends.")]
    private partial void CannotSettle(string queue, string id, Exception exception);
}
