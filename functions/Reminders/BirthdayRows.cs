using Pond.Members;
using Pond.Platform;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>A row in the member's partition, beside its head: <c>birthday-year</c>, and no date.</summary>
public static class BirthdayRows
{
    public const string Row = "birthday-year";

    public static Layout<BirthdayState, BirthdayPlanned> Of(string memberId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(Row)],
        Read: rows => new BirthdayState(MemberStanding.In(rows), rows.Find<BirthdayYear>(Row)),
        Write: state => state.Last is { } last ? [new StateRow(Row, last)] : [],
        Evolve: (state, planned) => state with { Last = planned.Last },
        Announce: planned => planned.Touch is { } touch ? [TouchMessages.Planned(touch)] : []);
}
