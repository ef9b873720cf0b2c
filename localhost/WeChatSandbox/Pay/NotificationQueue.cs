namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A notification that WeChat has not got rid of yet.</summary>
/// <param name="EventType">Such as <c>TRANSACTION.SUCCESS</c>.</param>
/// <param name="Number">Of the payment, or of the refund.</param>
/// <param name="Attempts">Made so far.</param>
public sealed record PendingNotification(
    string Id, string EventType, string Number, Uri NotifyUrl, int Attempts, DateTimeOffset DueAt)
{
    internal string Body { get; init; } = "";
}

/// <summary>The notifications still to be sent, on WeChat's own schedule.</summary>
internal sealed class NotificationQueue(TimeProvider clock)
{
    /// <summary>How long after each failure the next attempt is made; after the last there is none.</summary>
    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20),
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30),
        TimeSpan.FromMinutes(60), TimeSpan.FromHours(3), TimeSpan.FromHours(3),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(6),
    ];

    private readonly Lock gate = new();
    private readonly List<PendingNotification> pending = [];

    public IReadOnlyList<PendingNotification> All
    {
        get
        {
            lock (gate)
                return [.. pending];
        }
    }

    public void Add(PendingNotification notification)
    {
        lock (gate)
            pending.Add(notification);
    }

    /// <summary>Those that are due: the next attempt of each is booked at once, as if this one were to fail.</summary>
    public IReadOnlyList<PendingNotification> TakeDue()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            PendingNotification[] due = [.. pending.Where(notification => notification.DueAt <= now)];
            foreach (var notification in due)
            {
                pending.Remove(notification);
                if (notification.Attempts < Delays.Count)
                {
                    var next = now + Delays[notification.Attempts];
                    pending.Add(notification with { Attempts = notification.Attempts + 1, DueAt = next });
                }
            }

            return due;
        }
    }

    /// <summary>It has arrived: there is no next attempt.</summary>
    public void Settle(string id)
    {
        lock (gate)
            pending.RemoveAll(notification => notification.Id == id);
    }

    /// <returns>How many there were.</returns>
    public int Clear()
    {
        lock (gate)
        {
            var count = pending.Count;
            pending.Clear();
            return count;
        }
    }
}
