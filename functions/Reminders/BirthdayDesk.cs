using System.Globalization;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Reminders;

/// <summary>CARE-01: looks at members' birthdays, and plans what is near.</summary>
public sealed class BirthdayDesk(
    Birthdays birthdays,
    KeyedHashes hashes,
    Survivors survivors,
    Transactor transactor,
    PartitionStore store,
    TimeProvider clock)
{
    private const string Purpose = "birthday-look";

    /// <summary>Plans the next greeting if it is time for it.</summary>
    /// <returns>How many were planned, and when to look again; null when there is nothing to look for.</returns>
    public async Task<(int Planned, DateTimeOffset? NextAt)> Look(string memberId, CancellationToken cancel)
    {
        if (await birthdays.Find(memberId, cancel) is not { } birthday) return (0, null);
        var lead = BirthdayRules.LeadOf(hashes.Of(Purpose, memberId));
        var year = BirthdayRules.Next(birthday, await LastOf(memberId, cancel), clock.GetUtcNow()).Date.Year;
        var decision = await transactor.Run(
            BirthdayRows.Of(memberId),
            new Operation(nameof(RemindOfBirthdays), year.ToString(CultureInfo.InvariantCulture), Fingerprint: null),
            (state, now) => BirthdayRules.Plan(state, birthday, lead, now),
            cancel);
        if (decision.Refusal is not null) return (0, null);
        var next = BirthdayRules.Next(birthday, await LastOf(memberId, cancel), clock.GetUtcNow());
        return (decision.Facts.Count, next.Start - lead);
    }

    /// <summary>AUTH-10: one person is greeted once in a year.</summary>
    public async Task BringOver(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        if (await LastOf(merged.FromMemberId, cancel) is not { } last) return;
        await survivors.Run(
            merged.IntoMemberId,
            BirthdayRows.Of,
            operation,
            (state, now) => BirthdayRules.Join(state, last, now),
            cancel);
    }

    private Task<BirthdayYear?> LastOf(string memberId, CancellationToken cancel) =>
        store.Find<BirthdayYear>(MemberRows.Partition(memberId), BirthdayRows.Row, cancel);
}
