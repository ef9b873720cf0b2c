using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>
/// A message as the partition of its sender keeps it until its effect is done. The row is the truth; queues carry
/// pointers to it.
/// </summary>
/// <param name="Id">Derived from the operation that left it, so it is the same however often that was tried.</param>
/// <param name="Trace">The W3C traceparent of the request that left it, so that claim and wallet are one trace.</param>
/// <param name="Attempts">How often the sweep has sent it again.</param>
/// <param name="DueAt">Not to be sent again before.</param>
public sealed record OutboxRow(
    string Id, string Queue, JsonElement Body, string? Trace, DateTimeOffset LeftAt, int Attempts, DateTimeOffset DueAt)
{
    /// <summary>Prefix of the rows that wait for their effect.</summary>
    public const string Waiting = "outbox";

    [JsonIgnore]
    public string Key => KeyOf(Id);

    public static string KeyOf(string id) => $"{Waiting}:{id}";

    public static OutboxRow Of(Operation operation, int index, Message message, DateTimeOffset now) => new(
        Keys.Hash(operation.Row, index.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        message.Queue,
        Stored.Element(message.Body),
        Activity.Current?.Id,
        now,
        Attempts: 0,
        now + OutboxSweep.FirstPause);
}

/// <summary>What a queue carries: where the row is. At most 200 bytes, nothing to tamper with.</summary>
public sealed record OutboxPointer(string Partition, string Id)
{
    private const char Separator = '/'; // no key holds one

    public override string ToString() => $"{Partition}{Separator}{Id}";

    /// <summary>Null when the text is not a pointer.</summary>
    public static OutboxPointer? Parse(string text)
    {
        var parts = text.Split(Separator);
        return parts is [var partition, var id] && Keys.Broken(partition) is null
            && Keys.Broken(OutboxRow.KeyOf(id)) is null ? new(partition, id) : null;
    }
}
