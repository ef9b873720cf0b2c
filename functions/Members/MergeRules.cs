using Pond.Kernel;

namespace Pond.Members;

/// <summary>AUTH-10: how two accounts of one person become one. Pure.</summary>
/// <remarks>
/// The two lie in two partitions. First the older account agrees, and from then on neither leaves nor becomes part of
/// a third one; then the younger decides, once for each merge, and from then on it is over. What it decided ends the
/// older one's waiting.
/// </remarks>
public static class MergeRules
{
    /// <summary>Whether the first account lives on when the two are merged.</summary>
    public static bool IsOlder(Member one, Member other) => one.RegisteredAt == other.RegisteredAt
        ? string.CompareOrdinal(one.Id, other.Id) < 0
        : one.RegisteredAt < other.RegisteredAt;

    /// <summary>The older account agrees to take the younger one over.</summary>
    public static Decision<MemberEvent> Expect(
        MergeDesk desk, string mergeId, string fromMemberId, DateTimeOffset now) =>
        WhyNot(desk) is { } why
            ? why
            : new MemberEvent.MergeExpected(desk.Member!.Id, new ExpectedMerge(mergeId, fromMemberId, now));

    /// <summary>The younger account goes over to the older, or declines: this merge is decided for good.</summary>
    public static Decision<MemberEvent> Decide(
        MergeDesk desk, string mergeId, string intoMemberId, DateTimeOffset now) =>
        WhyNot(desk) is { } why
            ? new MemberEvent.MergeDeclined(mergeId, why.Code)
            : new MemberEvent.MergedAway(desk.Member!.Id, intoMemberId, now);

    /// <summary>The older account waits no longer for a merge that was declined.</summary>
    public static Decision<MemberEvent> GiveUp(MergeDesk desk, string mergeId) =>
        desk.Member?.Expects?.Id == mergeId
            ? new MemberEvent.MergeGivenUp(mergeId)
            : Decision<MemberEvent>.Nothing;

    /// <summary>The older account has the younger one's person, and agrees to what both agreed to.</summary>
    public static Decision<MemberEvent> Join(Member? into, Member from, DateTimeOffset now)
    {
        if (into is null) return MemberRefusals.Missing;
        if (into.MergedFrom?.Contains(from.Id) is true) return Decision<MemberEvent>.Nothing;

        var joined = new MemberEvent.Joined(from.Id, now);
        return Stricter(into.Consents, from.Consents, now) is { } consents
            ? new MemberEvent[] { new MemberEvent.ConsentsChanged(consents), joined }
            : joined;
    }

    // Who never said anything has agreed to nothing. Null when the older account's consents are the stricter already.
    private static Consents? Stricter(Consents? into, Consents? from, DateTimeOffset now)
    {
        var newest = from is null || into?.At >= from.At ? into : from;
        if (newest is null) return null;

        var stricter = newest with
        {
            Number = (into?.Number ?? 0) + 1,
            Marketing = into?.Marketing is true && from?.Marketing is true,
            Personalization = into?.Personalization is true && from?.Personalization is true,
            At = now,
        };
        return stricter.SaysTheSameAs(into) ? null : stricter;
    }

    private static Refusal? WhyNot(MergeDesk desk) =>
        desk.Member?.Status is not MemberStatus.Active ? MergeRefusals.NotActive
        : desk.Member.Expects is not null ? MergeRefusals.UnderWay
        : desk.Obstacle;
}
