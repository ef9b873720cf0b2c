using Pond.Platform.Outbox;

namespace Pond.Members;

/// <summary>CARE-01: on which day of the year a member was born. A read model for other slices.</summary>
/// <remarks>
/// The date lies with the person, under their key, and nowhere else: others learn that there is one by a hint that says
/// nothing of it, and ask here.
/// </remarks>
public sealed class Birthdays(PersonalData people, DueHints hints)
{
    /// <summary>The sweep of members whose birthday is to be looked at.</summary>
    public const string LooksDue = "birthdays";

    /// <summary>The birthday, or null when the member has told none, or was erased.</summary>
    public async Task<Birthday?> Find(string memberId, CancellationToken cancel) =>
        await people.Find(memberId, cancel) is { Birthday: { } date } person
            ? new Birthday(date.Month, date.Day, person.BirthdaySetAt ?? DateTimeOffset.UnixEpoch)
            : null;

    /// <summary>Makes sure, before it is written, that somebody looks at it soon.</summary>
    internal Task Expect(string memberId, CancellationToken cancel) =>
        hints.Leave(LooksDue, MemberRows.Partition(memberId), cancel);
}

/// <summary>Without the year: how old somebody is, is nobody's business.</summary>
/// <param name="SetAt">Since when the member says so.</param>
public sealed record Birthday(int Month, int Day, DateTimeOffset SetAt)
{
    /// <summary>A birthday in a log would be personal data there.</summary>
    public override string ToString() => nameof(Birthday);
}
