using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Tests.Reminders;

/// <summary>
/// An app, and everything that its commits have planned to tell members: heard at the store, before anybody handles it.
/// </summary>
internal sealed class HeardTouches : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OutboxRow> heard = new(StringComparer.Ordinal);

    public MiniProgramApi Api { get; private set; } = null!;

    public static async Task<HeardTouches> Start(IReadOnlyDictionary<string, string>? settings = null)
    {
        var touches = new HeardTouches();
        touches.Api = await MiniProgramApi.Start(settings, services => services.AddSingleton<PartitionStore>(
            all => new ListeningStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), touches.Hear)));
        return touches;
    }

    /// <summary>What was planned of an occasion, in the order of its time.</summary>
    public IReadOnlyList<TouchPlannedV1> Of(Occasion occasion, string? memberId = null) =>
    [
        .. Bodies<TouchPlannedV1>(TouchMessages.PlanQueue)
            .Where(touch => touch.Occasion == occasion && (memberId is null || touch.MemberId == memberId))
            .OrderBy(touch => touch.NotBefore).ThenBy(touch => touch.OccasionId, StringComparer.Ordinal),
    ];

    /// <summary>What was voided.</summary>
    public IReadOnlyList<TouchVoidedV1> Voided(string memberId) =>
        [.. Bodies<TouchVoidedV1>(TouchMessages.VoidQueue).Where(voided => voided.MemberId == memberId)];

    /// <summary>Whether it still stands, as whoever sends it asks.</summary>
    public Task<bool> Stands(TouchPlannedV1 touch) => Api.Services.GetServices<ITouchSubject>()
        .Single(subject => subject.Occasion == touch.Occasion)
        .Stands(touch.MemberId, touch.OccasionId, CancellationToken.None);

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private void Hear(string partition, IReadOnlyList<Write> writes)
    {
        foreach (var write in writes.OfType<Write.Insert>())
        {
            if (write.Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal))
                heard.TryAdd(partition + write.Key, Stored.Read<OutboxRow>(write.Data));
        }
    }

    private IEnumerable<T> Bodies<T>(string queue) =>
        heard.Values.Where(row => row.Queue == queue).Select(row => Stored.Read<T>(row.Body));
}
