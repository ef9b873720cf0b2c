using Pond.Kernel;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.GroupBuys;

/// <summary>TCH-06: those in a group that is short hear of it shortly before its end, once. Pure.</summary>
public static class GroupEndingRules
{
    /// <summary>How long before the end, at most.</summary>
    public static readonly TimeSpan LeadMax = TimeSpan.FromHours(2);

    /// <summary>When somebody has to look at a group that is forming: shortly before its end, and then.</summary>
    public static DateTimeOffset NextLook(Group group) => group.ToldAt is null ? TellAt(group) : group.EndsAt;

    /// <summary>Tells everybody who has paid how many are missing; nobody when none are.</summary>
    /// <param name="name">Of the activity.</param>
    public static Decision<GroupEvent> Tell(GroupDesk desk, string name, DateTimeOffset now)
    {
        if (desk.Group is not { State: GroupState.Forming, ToldAt: null } group
            || now < TellAt(group) || now >= group.EndsAt)
            return Decision<GroupEvent>.Nothing;
        TouchPlannedV1[] touches = Missing(desk) > 0
            ? [.. desk.Paid.Select(seat => TouchOf(group, seat, name, Missing(desk), now))]
            : [];
        return new GroupEvent.ToldOfEnd(touches, now);
    }

    /// <summary>Whether it is still short, and the member in it.</summary>
    public static bool Stands(GroupDesk? desk, string memberId, DateTimeOffset now) =>
        desk?.Group is { State: GroupState.Forming } group && now < group.EndsAt && Missing(desk) > 0
        && desk.Paid.Any(seat => seat.MemberId == memberId);

    private static int Missing(GroupDesk desk) => desk.Group!.Terms.Least() - desk.Paid.Count();

    private static DateTimeOffset TellAt(Group group) =>
        group.EndsAt - ReminderTexts.LeadOf(group.EndsAt - group.StartedAt, LeadMax);

    private static TouchPlannedV1 TouchOf(Group group, Seat seat, string name, int missing, DateTimeOffset now) => new(
        seat.MemberId,
        Occasion.GroupEnding,
        group.Id,
        ReminderTexts.Values(
            name, new Fen(seat.PriceFen).ToString(), group.EndsAt, $"还差 {missing} 人成团，快邀请好友"),
        $"pages/groups/detail?id={group.Id}",
        group.ActivityId,
        NotBefore: now,
        Until: group.EndsAt,
        now);
}
