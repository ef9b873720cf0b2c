using Pond.LocalHost;
using Pond.Platform.Queues;

namespace Pond.Platform.Local;

/// <summary>Lets the local host deliver messages from the app's queues, as the Functions host does in Azure.</summary>
public sealed class TriggerQueues(MessageQueues queues) : ITriggerQueues
{
    public event Action<string>? Sent
    {
        add => queues.Sent += value;
        remove => queues.Sent -= value;
    }

    public async Task<IReadOnlyList<TriggerMessage>> Receive(
        string queue, int max, TimeSpan visibility, CancellationToken cancel)
    {
        var messages = await queues.Receive(queue, max, visibility, cancel);
        return
        [
            .. messages.Select(message => new TriggerMessage(
                message.Queue, message.Id, message.Body, message.DequeueCount, message.InsertedAt, message)),
        ];
    }

    public Task Complete(TriggerMessage message, CancellationToken cancel) => queues.Delete(Own(message), cancel);

    public Task Retry(TriggerMessage message, TimeSpan delay, CancellationToken cancel) =>
        queues.Hide(Own(message), delay, cancel);

    public Task Poison(TriggerMessage message, CancellationToken cancel) => queues.Poison(Own(message), cancel);

    private static QueueMessage Own(TriggerMessage message) => (QueueMessage)message.Handle;
}
