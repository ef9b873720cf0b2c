namespace Pond.LocalHost;

/// <summary>What the queue pump needs of a queue service. In Azure the Functions host has its own.</summary>
public interface ITriggerQueues
{
    /// <summary>Raised with a queue's name when this process sent to it, so that a pump looks at once.</summary>
    event Action<string>? Sent;

    /// <summary>Takes up to <paramref name="max"/> messages (1 … 32) and hides them for so long.</summary>
    Task<IReadOnlyList<TriggerMessage>> Receive(string queue, int max, TimeSpan visibility, CancellationToken cancel);

    /// <summary>The function succeeded: the message goes.</summary>
    Task Complete(TriggerMessage message, CancellationToken cancel);

    /// <summary>The function failed: the message comes back after the delay.</summary>
    Task Retry(TriggerMessage message, TimeSpan delay, CancellationToken cancel);

    /// <summary>The function failed too often: the message moves to <c>{queue}-poison</c>.</summary>
    Task Poison(TriggerMessage message, CancellationToken cancel);
}

/// <summary>A message that a queue trigger delivers.</summary>
/// <param name="DequeueCount">How often it was taken, this time included.</param>
/// <param name="Handle">The queue service's own view of it, handed back as it came.</param>
public sealed record TriggerMessage(
    string Queue, string Id, string Body, long DequeueCount, DateTimeOffset InsertedAt, object Handle);
