using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Shares;

/// <summary>
/// Rows in the viewer's partition, beside its head: <c>share-trail</c> the first share and the last, and
/// <c>share-opening:{token}</c> each that they have opened; a merged account keeps its own. In the share's partition:
/// <c>opens</c>, the count.
/// </summary>
public static class OpenRows
{
    private const string TrailRow = "share-trail";
    private const string OpeningPrefix = "share-opening";
    private const string CountRow = "opens";

    /// <summary>What is kept of a viewer, for them to take along.</summary>
    public static readonly IReadOnlyList<PersonalRecords> Records =
    [
        PersonalRecords.Row<OpenTrail>("shareTrail", TrailRow),
        PersonalRecords.Under<Opening>("shareOpenings", OpeningPrefix),
    ];

    public static Layout<OpenDesk, Opened> Of(string memberId, string token)
    {
        var row = $"{OpeningPrefix}:{token}";
        return new(
            MemberRows.Partition(memberId),
            MemberRows.Head,
            [new Load.One(TrailRow), new Load.One(row)],
            Read: rows => new OpenDesk(
                MemberStanding.In(rows), rows.Find<OpenTrail>(TrailRow), rows.Find<Opening>(row)),
            Write: Rows,
            Evolve: (desk, opened) => desk with { Trail = opened.Trail, Opening = opened.Opening },
            Announce: opened => opened.IsCounted
                ? [ShareMessages.Opened(new ShareOpenedV1(opened.Opening.Token, opened.Opening.LastAt))]
                : []);
    }

    public static Layout<OpenCount, OpenCount> Count(string token) => new(
        ShareRows.Partition(token),
        CountRow,
        Loads: [],
        Read: rows => rows.Find<OpenCount>(CountRow) ?? OpenCount.None,
        Write: count => [new StateRow(CountRow, count)],
        Evolve: (_, after) => after);

    /// <summary>As far as news have come.</summary>
    public static async Task<OpenCount> FindCount(PartitionStore store, string token, CancellationToken cancel) =>
        await store.Find<OpenCount>(ShareRows.Partition(token), CountRow, cancel) ?? OpenCount.None;

    private static IEnumerable<StateRow> Rows(OpenDesk desk)
    {
        if (desk.Trail is { } trail) yield return new StateRow(TrailRow, trail);
        if (desk.Opening is { } opening) yield return new StateRow($"{OpeningPrefix}:{opening.Token}", opening);
    }
}
