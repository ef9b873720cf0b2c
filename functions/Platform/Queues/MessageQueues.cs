using System.Buffers;
using System.Text;
using Pond.Platform.Storage;

namespace Pond.Platform.Queues;

/// <summary>Queues that deliver each message at least once, in no order.</summary>
/// <remarks>
/// Shaped by Azure Storage Queues. Limits are checked here, before any adapter; breaking one is a bug of the
/// caller and throws <see cref="ArgumentException"/>.
/// </remarks>
public abstract class MessageQueues
{
    /// <summary>What the name of a poison queue ends in, as the Functions host has it.</summary>
    public const string PoisonSuffix = "-poison";

    /// <summary>UTF-8 bytes of a body: what base64 leaves of 64 KiB.</summary>
    public const int BodyBytesMax = 48 * 1024;

    /// <summary>Messages in one receive.</summary>
    public const int ReceiveMax = 32;

    public const int NameCharsMin = 3;
    public const int NameCharsMax = 63;

    /// <summary>How long a message may stay invisible.</summary>
    public static readonly TimeSpan VisibilityMax = TimeSpan.FromDays(7);

    /// <summary>How long those stay hidden that are being moved back; should the mover die, they come again.</summary>
    private static readonly TimeSpan RedriveTime = TimeSpan.FromMinutes(1);

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("-0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Raised with the queue's name once this process has stored a message that can be received at once.
    /// </summary>
    public event Action<string>? Sent;

    /// <summary>
    /// Stores a message; it can be received once the delay has passed. The queue is made when it is missing.
    /// </summary>
    /// <param name="delay">0 … 7 days.</param>
    /// <exception cref="QueueUnavailableException">
    /// The outcome is unknown: the message may have been stored.
    /// </exception>
    public async Task Send(string queue, string body, TimeSpan delay, CancellationToken cancel)
    {
        CheckName(queue);
        CheckVisibility(delay, TimeSpan.Zero);
        if (!Utf16.IsStorable(body))
            throw new ArgumentException($"A message holds no {Utf16.Unstorable}.", nameof(body));
        if (Encoding.UTF8.GetByteCount(body) > BodyBytesMax)
            throw new ArgumentException($"A message has at most {BodyBytesMax} bytes.", nameof(body));
        await SendCore(queue, body, delay, cancel);
        if (delay == TimeSpan.Zero) Sent?.Invoke(queue);
    }

    /// <summary>Takes up to <paramref name="max"/> visible messages and hides them; none when there is none.</summary>
    /// <param name="max">1 … <see cref="ReceiveMax"/>.</param>
    /// <param name="visibility">How long the taker has before they appear again: 1 second … 7 days.</param>
    /// <exception cref="QueueUnavailableException">No answer; messages may have been hidden all the same.</exception>
    public Task<IReadOnlyList<QueueMessage>> Receive(
        string queue, int max, TimeSpan visibility, CancellationToken cancel)
    {
        CheckName(queue);
        CheckVisibility(visibility, TimeSpan.FromSeconds(1));
        CheckMax(max);
        return ReceiveCore(queue, max, visibility, cancel);
    }

    /// <summary>
    /// Removes a message that was received. False when it is gone, or somebody has received it since.
    /// </summary>
    public Task<bool> Delete(QueueMessage message, CancellationToken cancel) => DeleteCore(message, cancel);

    /// <summary>Hides a received message for so long from now; 0 shows it at once.</summary>
    /// <returns>The message with its new receipt, or null when it is gone or somebody has received it since.</returns>
    public Task<QueueMessage?> Hide(QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        CheckVisibility(visibility, TimeSpan.Zero);
        return HideCore(message, visibility, cancel);
    }

    /// <summary>
    /// Moves a received message to its poison queue: copied first, then deleted, so it may be there twice but never
    /// nowhere.
    /// </summary>
    public async Task Poison(QueueMessage message, CancellationToken cancel)
    {
        if (message.Queue.EndsWith(PoisonSuffix, StringComparison.Ordinal))
            throw new ArgumentException("A poison queue has no poison queue of its own.", nameof(message));
        await Send(message.Queue + PoisonSuffix, message.Body, TimeSpan.Zero, cancel);
        await Delete(message, cancel);
    }

    /// <summary>
    /// Moves visible messages from a queue's poison queue back to the queue, copied first as well: so that they are
    /// tried again once their cause is mended.
    /// </summary>
    /// <param name="queue">The queue, not its poison queue.</param>
    /// <param name="max">1 … <see cref="ReceiveMax"/>.</param>
    /// <returns>How many were moved.</returns>
    public async Task<int> Redrive(string queue, int max, CancellationToken cancel)
    {
        var poisoned = await Receive(queue + PoisonSuffix, max, RedriveTime, cancel);
        foreach (var message in poisoned)
        {
            await Send(queue, message.Body, TimeSpan.Zero, cancel);
            await Delete(message, cancel);
        }

        return poisoned.Count;
    }

    /// <summary>Looks at up to <paramref name="max"/> visible messages and leaves them as they are.</summary>
    /// <param name="max">1 … <see cref="ReceiveMax"/>.</param>
    public Task<IReadOnlyList<WaitingMessage>> Peek(string queue, int max, CancellationToken cancel)
    {
        CheckName(queue);
        CheckMax(max);
        return PeekCore(queue, max, cancel);
    }

    /// <summary>How many messages wait, hidden ones included. A good guess, not a promise.</summary>
    public Task<long> Count(string queue, CancellationToken cancel)
    {
        CheckName(queue);
        return CountCore(queue, cancel);
    }

    protected abstract Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel);

    protected abstract Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel);

    protected abstract Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel);

    protected abstract Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel);

    protected abstract Task<IReadOnlyList<WaitingMessage>> PeekCore(string queue, int max, CancellationToken cancel);

    protected abstract Task<long> CountCore(string queue, CancellationToken cancel);

    private static void CheckName(string queue)
    {
        var wellFormed = queue.Length is >= NameCharsMin and <= NameCharsMax
            && !queue.AsSpan().ContainsAnyExcept(NameChars)
            && !queue.StartsWith('-') && !queue.EndsWith('-')
            && !queue.Contains("--", StringComparison.Ordinal);
        if (!wellFormed)
        {
            throw new ArgumentException(
                $"A queue's name has {NameCharsMin} … {NameCharsMax} of a-z, 0-9 and single inner hyphens.",
                nameof(queue));
        }
    }

    private static void CheckMax(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, ReceiveMax);
    }

    private static void CheckVisibility(TimeSpan visibility, TimeSpan min)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibility, VisibilityMax);
    }
}

/// <summary>A message as one receive saw it.</summary>
/// <param name="Id">Names the message for as long as it lives.</param>
/// <param name="Receipt">Names this receive of it; the next receive or hide makes another and this one void.</param>
/// <param name="DequeueCount">How often it was received, this time included; 1 at first.</param>
public sealed record QueueMessage(
    string Queue, string Id, string Receipt, string Body, long DequeueCount, DateTimeOffset InsertedAt);

/// <summary>A message as a look saw it, which took nothing.</summary>
/// <param name="DequeueCount">How often it was received so far; 0 at first.</param>
public sealed record WaitingMessage(string Id, string Body, long DequeueCount, DateTimeOffset InsertedAt);

/// <summary>The queue service did not answer.</summary>
public sealed class QueueUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
