using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>What this slice keeps of a member, for the member to take along.</summary>
public static class TierRecords
{
    public static readonly IReadOnlyList<PersonalRecords> All =
    [
        PersonalRecords.Row<Membership>("tier", TierRows.MembershipRow),
        Under("growthEntries", TierRows.EntryPrefix, row => EntryPart.Of(Stored.Read<GrowthEntry>(row.Data))),
        Under("tierChanges", TierRows.ChangePrefix, row => ChangePart.Of(Stored.Read<TierChange>(row.Data))),
        PersonalRecords.Under<TierAboutToLapse>("tierNotices", TierRows.NoticePrefix),
    ];

    private static PersonalRecords Under(string name, string prefix, Func<Row, object> read)
    {
        var (from, until) = Keys.Under(prefix);
        return new PersonalRecords(name, from, until, read);
    }

    // Of neither is it the member's to know which operator stood behind it.
    private sealed record EntryPart(long Seq, DateTimeOffset At, string CauseKind, long Growth, long AfterGrowth)
    {
        public static EntryPart Of(GrowthEntry entry) =>
            new(entry.Seq, entry.At, entry.Cause.Kind, entry.Growth, entry.AfterGrowth);
    }

    private sealed record ChangePart(
        long Seq,
        string From,
        string To,
        TierCause Cause,
        DateTimeOffset ValidFrom,
        DateTimeOffset? ValidTo,
        DateTimeOffset At)
    {
        public static ChangePart Of(TierChange change) => new(
            change.Seq, change.From, change.To, change.Cause, change.ValidFrom, change.ValidTo, change.At);
    }
}
