using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>
/// Partition <c>m:{memberId}</c>, of which the row <c>member</c> is the head for every slice that keeps something
/// there.
/// </summary>
public static class MemberRows
{
    public const string Head = "member";

    public static string Partition(string memberId) => "m:" + memberId;

    public static Layout<Member?, MemberEvent> Member(string memberId) => new(
        Partition(memberId),
        Head,
        Loads: [],
        Read: rows => rows.Find<Member>(Head),
        Write: member => member is null ? [] : [new StateRow(Head, member)],
        Evolve: Members.Member.Evolve,
        Announce: Announce);

    internal static IEnumerable<Message> Announce(MemberEvent fact) => fact switch
    {
        MemberEvent.Registered registered => Registered(registered),
        MemberEvent.SessionOpened { Scan: { } scan } =>
            [MemberMessages.Scanned(new MemberScannedV1(scan.MemberId, scan.Scene, IsNew: false, scan.At))],
        MemberEvent.StatusChanged changed =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                changed.OperatorId, "member.status", changed.MemberId, changed.Reason,
                ResponseJson.NameOf(changed.Before), ResponseJson.NameOf(changed.After), changed.At)),
        ],
        MemberEvent.MergeExpected { Merge: var merge } expected =>
            [MemberMessages.MergeExpected(new MergeExpectedV1(merge.Id, merge.FromMemberId, expected.MemberId))],
        MemberEvent.MergedAway away =>
            MemberMessages.Merged(new MemberMergedV1(away.MemberId, away.IntoMemberId, away.At)),
        MemberEvent.Left left => MemberMessages.Left(new MemberLeftV1(left.MemberId, left.At)),
        _ => [],
    };

    private static IEnumerable<Message> Registered(MemberEvent.Registered registered)
    {
        if (registered.InviteCode is not null)
            yield return MemberMessages.Registered(new MemberRegisteredV1(registered.MemberId, registered.At));
        if (registered.Scene is { } scene && ChannelScenes.IdIn(scene) is not null)
        {
            yield return MemberMessages.Scanned(
                new MemberScannedV1(registered.MemberId, scene, IsNew: true, registered.At));
        }
    }
}
