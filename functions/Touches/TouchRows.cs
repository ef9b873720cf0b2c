using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>
/// In the member's partition: <c>touch-book</c>, <c>touch:planned:{hash}</c> what waits, and <c>touch:{hash}</c>
/// everything else that the member was to be told.
/// </summary>
public static class TouchRows
{
    public const string Prefix = "touch";
    public const string PlannedPrefix = "touch:planned";
    public const string Book = "touch-book";

    /// <summary>The sweep of touches that are due.</summary>
    public const string TouchesDue = "touches";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly IReadOnlyList<PersonalRecords> Records =
        [PersonalRecords.Under<Touch>("touches", Prefix), PersonalRecords.Row<TouchBook>("touchBook", Book)];

    /// <summary>The book and these touches.</summary>
    public static Layout<TouchDesk, TouchesMoved> Of(string memberId, params IReadOnlyList<string> keys) =>
        Layout(memberId, [.. keys.SelectMany(key => new[] { new Load.One(Row(key)), new Load.One(PlannedRow(key)) })]);

    /// <summary>The book and all that waits, and these touches.</summary>
    public static Layout<TouchDesk, TouchesMoved> Waiting(string memberId, params IReadOnlyList<string> keys) =>
        Layout(memberId, [new Load.Under(PlannedPrefix), .. keys.Select(key => new Load.One(Row(key)))]);

    /// <summary>What waits, for whoever only looks.</summary>
    public static async Task<IReadOnlyList<Touch>> FindWaiting(
        PartitionStore store, string partition, CancellationToken cancel) =>
    [
        .. (await store.ReadUnder(partition, PlannedPrefix, Load.RowsMax, cancel))
            .Select(row => Stored.Read<Touch>(row.Data)),
    ];

    /// <summary>One touch, for whoever only looks; null when there is none that has had its turn.</summary>
    public static Task<Touch?> Find(PartitionStore store, string memberId, string key, CancellationToken cancel) =>
        store.Find<Touch>(MemberRows.Partition(memberId), Row(key), cancel);

    public static async Task<TouchBook> FindBook(PartitionStore store, string memberId, CancellationToken cancel) =>
        await store.Find<TouchBook>(MemberRows.Partition(memberId), Book, cancel) ?? TouchBook.Empty;

    public static string MemberIn(string partition) => partition[MemberRows.Partition("").Length..];

    private static Layout<TouchDesk, TouchesMoved> Layout(string memberId, IReadOnlyList<Load> loads) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(Book), .. loads],
        Read: rows => new TouchDesk(
            MemberStanding.In(rows), rows.Find<TouchBook>(Book) ?? TouchBook.Empty, rows.Under<Touch>(Prefix)),
        Write: Rows,
        Evolve: (desk, moved) => desk.Evolve(moved),
        Announce: Announce,
        Due: desk => DueAt(desk.Touches) is { } at ? [new Deadline(TouchesDue, at)] : []);

    /// <summary>When the first of those that wait is due; null when none does.</summary>
    public static DateTimeOffset? DueAt(IEnumerable<Touch> touches) => touches
        .Where(touch => touch.State is TouchState.Planned)
        .Min(touch => (DateTimeOffset?)touch.NotBefore);

    private static IEnumerable<StateRow> Rows(TouchDesk desk)
    {
        yield return new StateRow(Book, desk.Book);
        foreach (var touch in desk.Touches)
        {
            var key = touch.Key();
            yield return new StateRow(touch.State is TouchState.Planned ? PlannedRow(key) : Row(key), touch);
        }
    }

    private static IEnumerable<Message> Announce(TouchesMoved moved)
    {
        foreach (var move in moved.Moves.Where(move => move.After.State is TouchState.Reserved))
            yield return TouchSendMessages.Reserved(new TouchReservedV1(moved.MemberId, move.After.Key()));
        var counts = moved.Moves.SelectMany(TouchCounts.Of).GroupBy(count => count.Day);
        foreach (var day in counts)
            yield return TouchSendMessages.Counted(new TouchesCountedV1(moved.MemberId, day.Key, [.. day]));
    }

    private static string Row(string key) => $"{Prefix}:{key}";

    private static string PlannedRow(string key) => $"{PlannedPrefix}:{key}";
}
