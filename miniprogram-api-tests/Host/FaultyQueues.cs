using Pond.Platform.Queues;

namespace Pond.Tests;

/// <summary>Queues over others that go wrong as <see cref="Faults"/> say.</summary>
public sealed class FaultyQueues(MessageQueues inner, Faults faults) : MessageQueues
{
    protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) =>
        Around($"send {queue}", async () =>
        {
            await inner.Send(queue, body, delay, cancel);
            return true;
        });

    protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
        Around($"receive {queue}", () => inner.Receive(queue, max, visibility, cancel));

    protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
        Around($"delete {message.Queue}", () => inner.Delete(message, cancel));

    protected override Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        Around($"hide {message.Queue}", () => inner.Hide(message, visibility, cancel));

    protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
        string queue, int max, CancellationToken cancel) => inner.Peek(queue, max, cancel);

    protected override Task<long> CountCore(string queue, CancellationToken cancel) => inner.Count(queue, cancel);

    private Task<T> Around<T>(string name, Func<Task<T>> call) => faults.Around(
        PortCallKind.Queue, name, call, () => new QueueUnavailableException("The answer of the queue was lost."));
}
