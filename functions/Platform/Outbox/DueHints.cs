using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Rows that say where work may have been left, since no store can search across partitions.</summary>
/// <remarks>
/// A hint is written before the commit that it announces, so none is ever missing; one whose commit never
/// happened finds nothing to do. The partition is a spread shard, the minute leads the row key: so a sweep
/// reads all that is due with one range a shard, however late it runs.
/// </remarks>
public sealed class DueHints(PartitionStore store, Dice dice, TimeProvider clock)
{
    /// <summary>Partitions that a kind of hint is spread over.</summary>
    public const int Shards = 16;

    /// <summary>The kind for partitions that may hold outbox rows.</summary>
    public const string Outbox = "outbox";

    /// <summary>Below every hint.</summary>
    public const string From = "0";

    /// <summary>
    /// From the hint to the first look at it, rounded down to the minute: longer than any operation may take.
    /// </summary>
    public static readonly TimeSpan Ripening = TimeSpan.FromMinutes(2);

    /// <summary>
    /// From a look that found nothing to the last one: by then a commit has landed or never will, even when the
    /// clocks of two processes differ by ten minutes or one of them stood still for as long.
    /// </summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(12);

    /// <summary>Hints remembered at most; more are written again, which does no harm.</summary>
    public const int RememberedMax = 100_000;

    private const int AttemptsMax = 4;
    private const string MinuteFormat = "yyyyMMddHHmm";

    private readonly Lock sync = new();
    private readonly HashSet<(string Kind, string Subject, string Minute)> left = [];

    /// <summary>
    /// Makes sure that a sweep will look at the subject soon. Once a minute and subject it writes; after that it
    /// remembers.
    /// </summary>
    /// <param name="subject">As a rule the key of a partition.</param>
    /// <exception cref="StoreUnavailableException">
    /// The hint could not be written, so the commit must not be tried.
    /// </exception>
    public Task Leave(string kind, string subject, CancellationToken cancel) =>
        LeaveIn(Minute(clock.GetUtcNow() + Ripening), kind, subject, cancel);

    /// <summary>The same for a look at that time, or in the minute after it; but never sooner than soon.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The hint could not be written, so the commit must not be tried.
    /// </exception>
    public Task Leave(string kind, string subject, DateTimeOffset dueAt, CancellationToken cancel)
    {
        var soon = clock.GetUtcNow() + Ripening;
        return LeaveIn(dueAt > soon ? MinuteAfter(dueAt) : Minute(soon), kind, subject, cancel);
    }

    /// <summary>The row key of a hint that is due in the minute of the instant.</summary>
    public static string RowOf(DateTimeOffset dueAt, string subject) => RowOf(Minute(dueAt), subject);

    /// <summary>Above every hint that is due at the instant, below every later one.</summary>
    public static string Until(DateTimeOffset now) => Minute(now.AddMinutes(1));

    public static string PartitionOf(string kind, int shard) => $"{Keys.Sortable(shard, 2)}:due:{kind}";

    private async Task LeaveIn(string dueMinute, string kind, string subject, CancellationToken cancel)
    {
        if (IsLeft(kind, subject, dueMinute)) return;

        var hint = new Write.Insert(RowOf(dueMinute, subject), Stored.Write(new Hint(subject, IsLastLook: false)));
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await store.Commit(PartitionOf(kind, ShardOf(subject)), [hint], cancel);
            if (outcome is CommitOutcome.Committed or CommitOutcome.Conflict) break; // a conflict: it was there already
            if (attempt == AttemptsMax) throw new StoreUnavailableException($"No hint could be left: {outcome}");
            await Task.Delay(Transactor.PauseBefore(attempt + 1, isAnswerLost: true, dice), clock, cancel);
        }

        Remember(kind, subject, dueMinute);
    }

    private static string RowOf(string minute, string subject) => $"{minute}:{subject}";

    private static string MinuteAfter(DateTimeOffset instant) => Minute(instant.AddMinutes(1).AddTicks(-1));

    private static int ShardOf(string subject) => Convert.ToInt32(Keys.Hash(subject)[..2], 16) % Shards;

    private static string Minute(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    private bool IsLeft(string kind, string subject, string minute)
    {
        lock (sync) return left.Contains((kind, subject, minute));
    }

    private void Remember(string kind, string subject, string minute)
    {
        lock (sync)
        {
            if (left.Count == RememberedMax) left.Clear();
            left.Add((kind, subject, minute));
        }
    }
}

/// <summary>A row of the due partitions.</summary>
/// <param name="Subject">Where to look.</param>
/// <param name="IsLastLook">Whether a look has found nothing there before.</param>
public sealed record Hint(string Subject, bool IsLastLook);
