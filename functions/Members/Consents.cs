using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-06: what a member agrees to.</summary>
/// <param name="Number">1, 2, 3 …: each change has a row of its own, and no row ever changes.</param>
/// <param name="PolicyVersion">Of the privacy policy that the member saw.</param>
/// <param name="Marketing">May be sent what advertises.</param>
/// <param name="Personalization">May be shown offers that were chosen for them.</param>
/// <param name="At">When they said so; it holds from then on.</param>
public sealed record Consents(
    int Number, string PolicyVersion, bool Marketing, bool Personalization, DateTimeOffset At)
{
    public bool SaysTheSameAs(Consents? other) =>
        other is not null && this == other with { Number = Number, At = At };
}

/// <summary>A member, and the change of their consents that a decision adds to the history.</summary>
public sealed record ConsentsDesk(Member? Member, Consents? Added)
{
    public ConsentsDesk Evolve(MemberEvent fact) =>
        new(Members.Member.Evolve(Member, fact), (fact as MemberEvent.ConsentsChanged)?.Consents ?? Added);
}

/// <summary>Rows <c>consents:{newest first}</c> beside the member's head, which holds what is agreed to now.</summary>
public static class ConsentRows
{
    public const string Prefix = "consents";

    private const int NumberDigits = 9;

    /// <summary>Every consent that was ever given or withdrawn, for the member to take along.</summary>
    public static readonly IReadOnlyList<PersonalRecords> Records =
        [PersonalRecords.Under<Consents>("consents", Prefix)];

    public static Layout<ConsentsDesk, MemberEvent> Desk(string memberId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        Loads: [],
        Read: rows => new ConsentsDesk(rows.Find<Member>(MemberRows.Head), Added: null),
        Write: Rows,
        Evolve: (desk, fact) => desk.Evolve(fact));

    private static IEnumerable<StateRow> Rows(ConsentsDesk desk)
    {
        if (desk.Member is { } member) yield return new StateRow(MemberRows.Head, member);
        if (desk.Added is { } added)
            yield return new StateRow($"{Prefix}:{Keys.Inverted(added.Number, NumberDigits)}", added);
    }
}

/// <summary>What a member sees of their consents.</summary>
public sealed record ConsentsResponse(
    string PolicyVersion, bool Marketing, bool Personalization, DateTimeOffset At)
{
    public static ConsentsResponse? Of(Consents? consents) => consents is null
        ? null
        : new(consents.PolicyVersion, consents.Marketing, consents.Personalization, consents.At);
}
