using Pond.Kernel;
using Pond.Members;
using Pond.Operators;

namespace Pond.Tags;

/// <summary>TAG-02, TAG-03: how members get tags and lose them. Pure.</summary>
/// <remarks>
/// What an operator has said beats what anything else says. Of two that were put on by themselves and exclude each
/// other, the first stays: where somebody came from does not change.
/// </remarks>
public static class MemberTagRules
{
    /// <summary>An operator puts a tag on. It takes the place of the others of its group.</summary>
    public static Decision<MemberTagEvent> PutOn(
        MemberTagDesk desk, MemberTag tag, string operatorId, string reason, DateTimeOffset now)
    {
        if (WhyNot(desk.Standing, tag.ExpiresAt, now) is { } why) return why;

        var memberId = desk.Standing!.Id;
        var (live, facts) = Living(desk, now);
        var known = live.Find(one => one.TagId == tag.TagId);
        if (known is not null && known.Origin is TagOrigin.Manual && known.ExpiresAt == tag.ExpiresAt)
            return Decision<MemberTagEvent>.Nothing;

        var others = live.FindAll(one => Excludes(one, tag));
        if (known is null && live.Count - others.Count >= MemberTag.TagsMax) return TagRefusals.MemberFull;
        facts.AddRange(others.Select(other => new MemberTagEvent.Left(memberId, other, now, Act(other.TagId, "off"))));
        facts.Add(known is null
            ? new MemberTagEvent.Entered(memberId, tag, Act(tag.TagId, "on"))
            : new MemberTagEvent.Kept(memberId, tag, Act(tag.TagId, "on")));
        return facts.ToArray();

        OperatorActedV1 Act(string tagId, string after) => ActOf(memberId, operatorId, reason, tagId, after, now);
    }

    /// <summary>Why this member cannot get a tag until then, whichever it is, or null.</summary>
    public static Refusal? WhyNot(MemberStanding? standing, DateTimeOffset? expiresAt, DateTimeOffset now) =>
        WhyNot(standing) ?? (expiresAt <= now ? TagRefusals.EndsBefore : null);

    /// <summary>An operator takes a tag off. Who does not have it any more need not lose it.</summary>
    public static Decision<MemberTagEvent> TakeOff(
        MemberTagDesk desk, string tagId, string operatorId, string reason, DateTimeOffset now)
    {
        if (WhyNot(desk.Standing) is { } why) return why;
        var (live, facts) = Living(desk, now);
        if (live.Find(one => one.TagId == tagId) is not { } known) return Decision<MemberTagEvent>.Nothing;

        var memberId = desk.Standing!.Id;
        facts.Add(new MemberTagEvent.Left(
            memberId, known, now, ActOf(memberId, operatorId, reason, tagId, "off", now)));
        return facts.ToArray();
    }

    /// <summary>
    /// Tags come by themselves, or from an account that has become part of this one. What does not fit is left out.
    /// </summary>
    public static Decision<MemberTagEvent> Bring(MemberTagDesk desk, IEnumerable<MemberTag> tags, DateTimeOffset now)
    {
        if (WhyNot(desk.Standing) is { } why) return why;
        var memberId = desk.Standing!.Id;
        var (live, facts) = Living(desk, now);
        var before = facts.Count;
        foreach (var tag in tags.Where(tag => tag.IsLive(now)))
        {
            var others = live.FindAll(one => one.TagId == tag.TagId || Excludes(one, tag));
            if (others.Exists(other => !Beats(tag, other)) || live.Count - others.Count >= MemberTag.TagsMax) continue;

            var isKnown = others.Exists(other => other.TagId == tag.TagId);
            facts.AddRange(others.Where(other => other.TagId != tag.TagId)
                .Select(other => new MemberTagEvent.Left(memberId, other, now)));
            facts.Add(isKnown ? new MemberTagEvent.Kept(memberId, tag) : new MemberTagEvent.Entered(memberId, tag));
            live.RemoveAll(others.Contains);
            live.Add(tag);
        }

        return facts.Count == before ? Decision<MemberTagEvent>.Nothing : facts.ToArray();
    }

    /// <summary>Tags end.</summary>
    public static Decision<MemberTagEvent> Expire(MemberTagDesk desk, DateTimeOffset now) =>
        desk.Standing is null ? Decision<MemberTagEvent>.Nothing : Living(desk, now).Facts.ToArray();

    /// <summary>The member is not here any more: gone, or part of another account.</summary>
    public static Decision<MemberTagEvent> LeaveAll(MemberTagDesk desk, DateTimeOffset now) =>
        desk.Standing is not { Id: var memberId }
            ? Decision<MemberTagEvent>.Nothing
            : desk.Tags.Select(MemberTagEvent (tag) => new MemberTagEvent.Left(memberId, tag, now)).ToArray();

    public static MemberTagDesk Evolve(MemberTagDesk desk, MemberTagEvent fact) => fact switch
    {
        MemberTagEvent.Entered entered => desk with { Tags = [.. Without(desk, entered.Tag), entered.Tag] },
        MemberTagEvent.Kept kept => desk with { Tags = [.. Without(desk, kept.Tag), kept.Tag] },
        MemberTagEvent.Left left => desk with { Tags = [.. Without(desk, left.Tag)] },
        _ => desk,
    };

    private static IEnumerable<MemberTag> Without(MemberTagDesk desk, MemberTag tag) =>
        desk.Tags.Where(one => one.TagId != tag.TagId);

    // What the member has now, and that what has ended is left.
    private static (List<MemberTag> Live, List<MemberTagEvent> Facts) Living(
        MemberTagDesk desk, DateTimeOffset now) => (
        [.. desk.Tags.Where(tag => tag.IsLive(now))],
        [
            .. desk.Tags.Where(tag => !tag.IsLive(now))
                .Select(tag => new MemberTagEvent.Left(desk.Standing!.Id, tag, now)),
        ]);

    // A frozen member gets nothing of value by it.
    private static Refusal? WhyNot(MemberStanding? standing) =>
        MemberStanding.IsFrozen(standing) ? null : MemberStanding.WhyNot(standing);

    private static bool Excludes(MemberTag one, MemberTag other) =>
        one.TagId != other.TagId && one.Group is not null && one.Group == other.Group;

    private static bool Beats(MemberTag one, MemberTag other) =>
        one.Origin is TagOrigin.Manual && other.Origin is not TagOrigin.Manual;

    private static OperatorActedV1 ActOf(
        string memberId, string operatorId, string reason, string tagId, string after, DateTimeOffset now) =>
        new(operatorId, "member.tag", memberId, reason, Before: null, $"{tagId} {after}", now);
}
