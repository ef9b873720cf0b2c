using System.Globalization;
using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

/// <summary>A message of queues in memory.</summary>
internal sealed class MemoryMessage(string queue, long id, string body, DateTimeOffset insertedAt)
{
    private long dequeues;

    public string Queue => queue;

    public string Id { get; } = Text(id);

    public string Body => body;

    public DateTimeOffset VisibleAt { get; set; }

    /// <summary>The number of its last receive or hide; those before are void.</summary>
    public long Receipt { get; private set; }

    /// <summary>As the next receive sees it.</summary>
    public QueueMessage Take()
    {
        dequeues++;
        return new QueueMessage(queue, Id, Text(++Receipt), body, dequeues, insertedAt);
    }

    /// <summary>The message under a receipt of its own.</summary>
    public QueueMessage Renew(QueueMessage message) => message with { Receipt = Text(++Receipt) };

    public WaitingMessage Look() => new(Id, body, dequeues, insertedAt);

    /// <summary>Whether the receive that it came by still counts.</summary>
    public bool IsHeldBy(QueueMessage message) =>
        message.Queue == queue && message.Id == Id && message.Receipt == Text(Receipt);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
