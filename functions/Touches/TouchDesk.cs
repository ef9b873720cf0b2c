using Pond.Members;

namespace Pond.Touches;

/// <summary>What the rules look at: the member, what limits their messages, and some or all that is planned.</summary>
public sealed record TouchDesk(MemberStanding? Member, TouchBook Book, IReadOnlyList<Touch> Touches)
{
    public Touch? Find(string key) => Touches.FirstOrDefault(touch => touch.Key() == key);

    public TouchDesk Evolve(TouchesMoved moved) => this with
    {
        Book = moved.Book,
        Touches =
        [
            .. Touches.Where(touch => moved.Moves.All(move => move.After.Key() != touch.Key())),
            .. moved.Moves.Select(move => move.After),
        ],
    };
}

/// <summary>Touches have moved, and the book with them.</summary>
/// <param name="Book">As it is from now on.</param>
public sealed record TouchesMoved(string MemberId, TouchBook Book, IReadOnlyList<TouchMove> Moves, DateTimeOffset At);

/// <summary>One of them.</summary>
/// <param name="Before">Null for a new one.</param>
public sealed record TouchMove(TouchState? Before, Touch After);
