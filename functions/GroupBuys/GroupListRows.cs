using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>A group as the list of its activity has it: a copy.</summary>
/// <param name="Missing">Seats that are not paid.</param>
/// <param name="Seq">Of the group: no older copy takes a newer one's place.</param>
public sealed record GroupEntry(
    string GroupId,
    string ActivityId,
    string LeaderId,
    int Paid,
    int Missing,
    DateTimeOffset EndsAt,
    bool IsOpen,
    long Seq)
{
    public static GroupEntry Of(GroupDesk desk)
    {
        var (group, paid) = (desk.Group!, desk.Paid.ToArray());
        return new GroupEntry(
            group.Id, group.ActivityId,
            paid.FirstOrDefault(seat => seat.OrderId == group.LeaderOrderId)?.MemberId ?? "", paid.Length,
            group.Terms.Seats() - paid.Length, group.EndsAt,
            group.State is GroupState.Forming && paid.Length > 0, group.Seq);
    }
}

/// <summary>
/// Partition <c>{spread}:gl:{activityId}</c>: <c>group:{groupId}</c> every group, the head of its own decisions, and
/// <c>open:{end}:{groupId}</c> those that can be joined once more, what ends first coming first.
/// </summary>
public static class GroupListRows
{
    private const string OpenPrefix = "open";
    private const int SpreadChars = 4;

    /// <summary>The copy of one group.</summary>
    public static Layout<GroupEntry?, GroupEntry> Of(GroupEntry entry) => new(
        Partition(entry.ActivityId),
        Row(entry.GroupId),
        [new Load.One(OpenRow(entry))],
        Read: rows => rows.Find<GroupEntry>(Row(entry.GroupId)),
        Write: listed => listed is null ? []
            : listed.IsOpen ? [new StateRow(Row(listed.GroupId), listed), new StateRow(OpenRow(listed), listed)]
            : [new StateRow(Row(listed.GroupId), listed)],
        Evolve: (_, newer) => newer);

    /// <summary>Groups of an activity that can be joined: those that end first, a hundred at most.</summary>
    public static async Task<IReadOnlyList<GroupEntry>> Open(
        PartitionStore store, string activityId, DateTimeOffset now, CancellationToken cancel)
    {
        var until = Keys.Under(OpenPrefix).Until;
        var page = await store.Range(Partition(activityId), $"{OpenPrefix}:{Time(now)}", until, Load.RowsMax, cancel);
        return
        [
            .. page.Rows.Select(row => Stored.Read<GroupEntry>(row.Data))
                .Where(entry => now < entry.EndsAt && entry.Missing > 0),
        ];
    }

    private static string Partition(string activityId) => $"{Keys.Hash(activityId)[..SpreadChars]}:gl:{activityId}";

    private static string Row(string groupId) => $"group:{groupId}";

    private static string OpenRow(GroupEntry entry) => $"{OpenPrefix}:{Time(entry.EndsAt)}:{entry.GroupId}";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
