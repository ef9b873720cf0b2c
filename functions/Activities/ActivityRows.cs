using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Activities;

/// <summary>
/// Partition <c>activities</c>: <c>board</c> is the head, <c>activity:{id}</c> every activity, and <c>live:{id}</c>
/// those that have stock once more, so that one range lists them.
/// </summary>
public static class ActivityRows
{
    public const string Partition = "activities";
    public const string Prefix = "activity";

    /// <summary>The sweep of activities whose stock is to go home.</summary>
    public const string ClosingDue = "activities-closing";

    private const string Head = "board";
    private const string LivePrefix = "live";
    private const int TimeDigits = 10; // seconds since 1970: enough until 2286

    /// <summary>An id that sorts by the time of its making.</summary>
    public static string IdOf(DateTimeOffset now, string seed) =>
        Keys.Sortable(now.ToUnixTimeSeconds(), TimeDigits) + seed[TimeDigits..];

    /// <summary>The activity, or null when there is none, or the id is none at all.</summary>
    public static async Task<Activity?> Find(PartitionStore store, string id, CancellationToken cancel) =>
        Ids.IsId(id) ? await store.Find<Activity>(Partition, Row(id), cancel) : null;

    /// <summary>Every one that has stock, also those whose time is over or has not come.</summary>
    public static async Task<IReadOnlyList<Activity>> Live(PartitionStore store, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(Partition, LivePrefix, Load.RowsMax, cancel);
        return [.. rows.Select(row => Stored.Read<Activity>(row.Data))];
    }

    public static Layout<ActivityBoard, ActivityEvent> Board(string id) => new(
        Partition,
        Head,
        [new Load.One(Row(id)), new Load.Under(LivePrefix)],
        Read: rows => new ActivityBoard(
            rows.Find<Activity>(Row(id)), rows.Under<Activity>(LivePrefix), rows.Find<BoardHead>(Head)?.Version ?? 0),
        Write: Rows,
        Evolve: ActivityBoard.Evolve,
        Announce: Announce,
        Due: board => board.Activity is { HasStock: true } activity
            ? [new Deadline(ClosingDue, activity.StockUntil)]
            : []);

    private static string Row(string id) => $"{Prefix}:{id}";

    private static IEnumerable<StateRow> Rows(ActivityBoard board)
    {
        yield return new StateRow(Head, new BoardHead(board.Version));
        if (board.Activity is { } activity) yield return new StateRow(Row(activity.Id), activity);
        foreach (var one in board.Live) yield return new StateRow($"{LivePrefix}:{one.Id}", one);
    }

    private static IEnumerable<Message> Announce(ActivityEvent fact)
    {
        var activity = fact.Activity;
        if (activity.State is ActivityState.Publishing)
            yield return ActivityMessages.Publishing(new ActivityPublishingV1(activity.Id, activity.Version));
        if (fact.OperatorId is not { } operatorId) yield break;
        var before = (fact as ActivityEvent.Moved)?.Before;
        yield return OperatorMessages.Acted(new OperatorActedV1(
            operatorId,
            before is null ? "activity.create" : "activity.state",
            activity.Id,
            activity.Plan.Name,
            before is { } state ? ResponseJson.NameOf(state) : null,
            ResponseJson.NameOf(activity.State),
            fact.At));
    }

    private sealed record BoardHead(long Version);
}

/// <summary>An activity is to get its stock.</summary>
public sealed record ActivityPublishingV1(string ActivityId, long Version);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class ActivityMessages
{
    public const string PublishingQueue = "activity-publishing";

    public static Message Publishing(ActivityPublishingV1 publishing) => new(PublishingQueue, publishing);
}
