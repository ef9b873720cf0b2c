using Pond.Platform;

namespace Pond.Bargains;

/// <summary>An attempt is to be written down.</summary>
public sealed record AttemptBegunV1(Attempt Attempt);

/// <summary>A member's right to help on a day is held for an attempt: the cut is to be made, or refused.</summary>
/// <param name="HoldId">Names the right: what becomes of it is decided once.</param>
/// <param name="IsNew">Whether the member registered lately.</param>
/// <param name="Accounts">The member's own first, then those that have become part of it.</param>
public sealed record HelpHeldV1(
    string AttemptId, string MemberId, string HoldId, bool IsNew, IReadOnlyList<string> Accounts);

/// <summary>No cut was made: the right is free again.</summary>
public sealed record HelpRefusedV1(string MemberId, string HoldId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class BargainMessages
{
    public const string AttemptsQueue = "bargain-attempts";
    public const string HelpsQueue = "bargain-helps";
    public const string RefusedHelpsQueue = "bargain-helps-refused";

    public static Message AttemptBegun(AttemptBegunV1 begun) => new(AttemptsQueue, begun);

    public static Message HelpHeld(HelpHeldV1 held) => new(HelpsQueue, held);

    public static Message HelpRefused(HelpRefusedV1 refused) => new(RefusedHelpsQueue, refused);
}
