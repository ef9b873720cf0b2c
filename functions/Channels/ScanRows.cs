using Pond.Members;
using Pond.Platform;
using Pond.Tags;

namespace Pond.Channels;

/// <summary>
/// Rows in the member's partition, beside its head: <c>channel-trail</c> the first channel and the last, and
/// <c>channel-visit:{channelId}</c> each by which the member has come. A merged account keeps its own.
/// </summary>
public static class ScanRows
{
    public const string TrailRow = "channel-trail";

    private const string VisitPrefix = "channel-visit";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly IReadOnlyList<PersonalRecords> Records =
    [
        PersonalRecords.Row<ChannelTrail>("channelTrail", TrailRow),
        PersonalRecords.Under<ChannelVisit>("channelVisits", VisitPrefix),
    ];

    public static Layout<ScanDesk, ScanHeard> Of(string memberId, string channelId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(TrailRow), new Load.One(VisitRow(channelId))],
        Read: rows => new ScanDesk(
            MemberStanding.In(rows), rows.Find<ChannelTrail>(TrailRow), rows.Find<ChannelVisit>(VisitRow(channelId))),
        Write: Rows,
        Evolve: (desk, heard) => desk with { Trail = heard.Trail, Visit = heard.Visit },
        Announce: Announce);

    private static string VisitRow(string channelId) => $"{VisitPrefix}:{channelId}";

    private static IEnumerable<StateRow> Rows(ScanDesk desk)
    {
        if (desk.Trail is { } trail) yield return new StateRow(TrailRow, trail);
        if (desk.Visit is { } visit) yield return new StateRow(VisitRow(visit.ChannelId), visit);
    }

    private static IEnumerable<Message> Announce(ScanHeard heard)
    {
        var channelId = heard.Visit.ChannelId;
        if (heard.IsAdded || heard.IsReturned)
        {
            yield return ChannelMessages.Counted(
                new ChannelCountedV1(channelId, heard.MemberId, heard.IsAdded, heard.At));
        }

        if (heard.TagIds.Count > 0)
            yield return TagMessages.Wanted(new TagsWantedV1(heard.MemberId, heard.TagIds, channelId, heard.At));
        if (heard.TemplateId is { } templateId)
        {
            yield return ChannelMessages.Welcomed(
                new ChannelWelcomeV1(heard.MemberId, channelId, templateId, heard.At));
        }
    }
}
