using Pond.Members;
using Pond.Platform;

namespace Pond.Points;

/// <summary>What the bookings of an order look at.</summary>
public static partial class PointsRows
{
    /// <summary>What a cause earns under caps, with what was undone of it before it came.</summary>
    public static Layout<PointsAccount, PointsEvent> Bringing(string memberId, Cause cause, EarnCaps caps)
    {
        Load[] undoing = [new Load.One(UndoneRow(cause, Direction.Earn)), new Load.Under(EndedPrefix)];
        return caps == EarnCaps.None
            ? Layout(MemberRows.Partition(memberId), cause, Direction.Earn, undoing)
            : Capped(memberId, cause, undoing);
    }

    /// <summary>What a cause has spent or holds, with what was undone of it.</summary>
    public static Layout<PointsAccount, PointsEvent> GivingBack(string memberId, Cause cause) =>
        Layout(
            MemberRows.Partition(memberId),
            cause,
            Direction.Spend,
            [
                new Load.Under(HoldsPrefix), new Load.One(HoldEndRow(cause)),
                new Load.One(UndoneRow(cause, Direction.Spend)), new Load.Under(EndedPrefix),
            ]);
}
