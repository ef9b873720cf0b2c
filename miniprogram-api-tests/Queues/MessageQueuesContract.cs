using Pond.Platform;
using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

/// <summary>What every queue service promises. An adapter joins with one subclass that opens it.</summary>
public abstract partial class MessageQueuesContract : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected MessageQueues Queues { get; private set; } = null!;

    protected HandClock Clock { get; } = new();

    /// <summary>A queue that no other test has.</summary>
    protected string Queue { get; } = "q-" + new Ids().Next();

    /// <summary>Opens the queues. Tests may share one service: nearly all keep to queues of their own.</summary>
    /// <param name="clock">Moved by <see cref="Pass"/>; a service with its own clock does without.</param>
    protected abstract Task<MessageQueues> Open(TimeProvider clock);

    protected virtual Task Close() => Task.CompletedTask;

    /// <summary>Lets time go by. A service whose clock cannot be moved overrides this and waits.</summary>
    /// <param name="time">A few seconds at most.</param>
    protected virtual Task Pass(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    public async Task InitializeAsync() => Queues = await Open(Clock);

    public Task DisposeAsync() => Close();

    private Task Send(string body) => Queues.Send(Queue, body, TimeSpan.Zero, CancellationToken.None);

    private Task<IReadOnlyList<QueueMessage>> Receive() => Receive(Minute);

    private Task<IReadOnlyList<QueueMessage>> Receive(TimeSpan visibility) =>
        Queues.Receive(Queue, MessageQueues.ReceiveMax, visibility, CancellationToken.None);

    private async Task<QueueMessage> ReceiveOne(TimeSpan visibility) => Assert.Single(await Receive(visibility));

    private async Task<QueueMessage> SendAndReceive(string body, TimeSpan visibility)
    {
        await Send(body);
        return await ReceiveOne(visibility);
    }

    private Task<bool> Delete(QueueMessage message) => Queues.Delete(message, CancellationToken.None);

    private Task<QueueMessage?> Hide(QueueMessage message, TimeSpan visibility) =>
        Queues.Hide(message, visibility, CancellationToken.None);

    private Task<long> Count() => Queues.Count(Queue, CancellationToken.None);
}
