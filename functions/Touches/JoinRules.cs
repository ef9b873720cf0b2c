using Pond.Kernel;
using Pond.Members;

namespace Pond.Touches;

/// <summary>AUTH-10: what waits for a member, and what they were sent, goes over to whom they are now. Pure.</summary>
/// <remarks>
/// What they have agreed to be sent stays: it belongs to one of WeChat's users, and is asked for anew where it lacks.
/// What they wanted to hear nothing of, by either account, they still do not.
/// </remarks>
public static class JoinRules
{
    /// <summary>Those that have not been begun yet.</summary>
    public static IReadOnlyList<Touch> Going(IEnumerable<Touch> touches) =>
    [
        .. touches.Where(touch => touch.State is TouchState.Planned or TouchState.Reserved)
            .Take(PlanRules.WaitingMax),
    ];

    /// <param name="desk">With all that waits, and with these touches.</param>
    /// <param name="going">Of the younger account, as <see cref="Going"/> has it.</param>
    /// <param name="book">Of the younger account.</param>
    public static Decision<TouchesMoved> Join(
        TouchDesk desk, IReadOnlyList<Touch> going, TouchBook book, DateTimeOffset now)
    {
        if (desk.Member is not { } member) return MemberRefusals.Missing;
        if (member.MergedInto is not null) return MemberRefusals.Merged;

        var sent = going.Aggregate(book, SendRules.TakenBack);
        var joined = sent.Days.Aggregate(desk.Book, With) with
        {
            MarketingAt = desk.Book.MarketingAt > book.MarketingAt || book.MarketingAt is null
                ? desk.Book.MarketingAt
                : book.MarketingAt,
            Silenced = book.Silenced is null
                ? desk.Book.Silenced
                : [.. book.Silenced.Union(desk.Book.Silenced ?? []).Order()],
        };
        var room = PlanRules.WaitingMax - desk.Touches.Count(touch => touch.State is TouchState.Planned);
        TouchMove[] moves =
        [
            .. going.Where(touch => desk.Find(touch.Key()) is null)
                .Select((touch, i) => new TouchMove(
                    touch.State,
                    i < room ? touch.Deferred(touch.NotBefore, now) : touch.Dropped(DropReasons.TooMany, now))),
        ];
        return new TouchesMoved(member.Id, joined, moves, now);
    }

    private static TouchBook With(TouchBook book, TouchDay day) => book
        .Counted(day.Day, Occasion.Announcement, day.Marketing)
        .Counted(day.Day, Occasion.OrderUnpaid, day.Service);
}
