using Pond.Members;
using Pond.Platform;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>Rows in the member's partition, beside its head: <c>opening:{activityId}</c>.</summary>
public static class OpeningRows
{
    public const string Prefix = "opening";

    public static Layout<OpeningState, OpeningAsked> Of(string memberId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.Under(Prefix)],
        Read: rows => new OpeningState(MemberStanding.In(rows), rows.Under<Opening>(Prefix)),
        Write: state => state.Openings.Select(one => new StateRow($"{Prefix}:{one.ActivityId}", one)),
        Evolve: OpeningRules.Evolve,
        Announce: asked => [TouchMessages.Planned(asked.Touch)]);
}
