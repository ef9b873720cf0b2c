using System.Globalization;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Tiers;

/// <summary>Rows in the member's partition, beside its head.</summary>
/// <remarks>
/// <c>growth</c> the sum · <c>growth-days:{month}</c> the same by day, so that a window is read from at most as many
/// rows as it has months · <c>growth-entry:{newest first}</c> the ledger · <c>growth-cause:{hash}</c> the same entry
/// once more under its cause, whose insert keeps a cause from being booked twice · <c>growth-undone:{hash}</c> how much
/// of a cause has gone back · <c>tier</c> the membership ·
/// <c>tier-change:{newest first}</c> the records of its changes · <c>tier-notice:{stay}:{days}</c> a tier that is about
/// to lapse, once for each stay and number of days, as the member was told.
/// </remarks>
public static class TierRows
{
    public const string EntryPrefix = "growth-entry";
    public const string ChangePrefix = "tier-change";
    public const string NoticePrefix = "tier-notice";
    public const string MembershipRow = "tier";
    public const string SumRow = "growth";

    /// <summary>Deadlines of tiers: an end, a review, a warning before.</summary>
    public const string DueKind = "tiers";

    private const string DaysPrefix = "growth-days";
    private const string CausePrefix = "growth-cause";
    private const string UndonePrefix = "growth-undone";
    private const int SeqDigits = 12;
    private const int DaysDigits = 2;

    /// <summary>The account, and what the cause at hand has been booked with.</summary>
    public static Layout<TierAccount, TierEvent> Account(string memberId, GrowthCause cause) =>
        Layout(MemberRows.Partition(memberId), [new Load.One(CauseRow(cause))], cause);

    /// <summary>The same, and what has gone back of the cause.</summary>
    public static Layout<TierAccount, TierEvent> Undoing(string memberId, GrowthCause cause) =>
        Layout(
            MemberRows.Partition(memberId), [new Load.One(CauseRow(cause)), new Load.One(UndoneRow(cause))], cause);

    /// <summary>The account of a partition, for what no cause asks for.</summary>
    public static Layout<TierAccount, TierEvent> Account(string partition) => Layout(partition, [], cause: null);

    /// <summary>The account as it lies there, for a look.</summary>
    public static async Task<TierAccount> Read(PartitionStore store, string memberId, CancellationToken cancel)
    {
        var partition = MemberRows.Partition(memberId);
        var finding = Task.WhenAll(
            store.Find(partition, MemberRows.Head, cancel), store.Find(partition, SumRow, cancel),
            store.Find(partition, MembershipRow, cancel));
        var reading = store.ReadUnder(partition, DaysPrefix, Load.RowsMax, cancel);
        await Task.WhenAll(finding, reading);

        var rows = finding.Result.OfType<Row>().Concat(reading.Result);
        return Read(new LoadedRows(rows.ToDictionary(row => row.Key, StringComparer.Ordinal)), cause: null);
    }

    /// <summary>The days of one month, as one row.</summary>
    public sealed record DayPage(IReadOnlyList<DayGrowth> Days);

    private static Layout<TierAccount, TierEvent> Layout(
        string partition, IReadOnlyList<Load> more, GrowthCause? cause) => new(
        partition,
        MemberRows.Head,
        [new Load.One(SumRow), new Load.Under(DaysPrefix), new Load.One(MembershipRow), .. more],
        Read: rows => Read(rows, cause),
        Write: Rows,
        Evolve: TierFold.Evolve,
        Announce: Announce,
        Due: account => TierRules.NextDue(account.Membership) is { } at ? [new Deadline(DueKind, at)] : []);

    private static TierAccount Read(LoadedRows rows, GrowthCause? cause) => new(
        MemberStanding.In(rows),
        rows.Find<GrowthSum>(SumRow) ?? GrowthSum.None,
        [.. rows.Under<DayPage>(DaysPrefix).SelectMany(page => page.Days)],
        rows.Find<Membership>(MembershipRow) ?? Membership.Newcomer,
        cause is null ? null : rows.Find<GrowthEntry>(CauseRow(cause)))
    {
        Undone = cause is null ? null : rows.Find<UndoneGrowth>(UndoneRow(cause)),
    };

    private static IEnumerable<StateRow> Rows(TierAccount account)
    {
        if (account.Growth.Seq > 0) yield return new StateRow(SumRow, account.Growth);
        if (account.Membership.Version > 0) yield return new StateRow(MembershipRow, account.Membership);
        if (account.Booked is { } booked) yield return new StateRow(CauseRow(booked.Cause), booked);
        if (account.Undone is { } undone) yield return new StateRow(UndoneRow(undone.Cause), undone);
        foreach (var month in account.Days.GroupBy(day => day.Day.ToString()[..^2], StringComparer.Ordinal))
            yield return new StateRow($"{DaysPrefix}:{month.Key}", new DayPage([.. month]));
        foreach (var entry in account.AddedEntries)
        {
            yield return new StateRow($"{EntryPrefix}:{Keys.Inverted(entry.Seq, SeqDigits)}", entry);
            yield return new StateRow(CauseRow(entry.Cause), entry);
        }

        foreach (var change in account.AddedChanges)
            yield return new StateRow($"{ChangePrefix}:{Keys.Inverted(change.Seq, SeqDigits)}", change);
        foreach (var notice in account.AddedNotices)
        {
            var days = Keys.Sortable(notice.DaysLeft, DaysDigits);
            yield return new StateRow(
                $"{NoticePrefix}:{Keys.Sortable(notice.StayNumber, SeqDigits)}:{days}", notice);
        }
    }

    private static string CauseRow(GrowthCause cause) => $"{CausePrefix}:{Keys.Hash(cause.Kind, cause.Id)}";

    private static string UndoneRow(GrowthCause cause) => $"{UndonePrefix}:{Keys.Hash(cause.Kind, cause.Id)}";

    private static IEnumerable<Message> Announce(TierEvent fact) => fact switch
    {
        TierEvent.Adjusted adjusted =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                adjusted.OperatorId, "growth.adjust", adjusted.MemberId, adjusted.Reason,
                adjusted.BeforeGrowth.ToString(CultureInfo.InvariantCulture),
                adjusted.AfterGrowth.ToString(CultureInfo.InvariantCulture),
                adjusted.At)),
        ],
        TierEvent.Assigned assigned =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                assigned.OperatorId, "member.tier", assigned.MemberId, assigned.Reason, assigned.BeforeCode,
                string.Create(CultureInfo.InvariantCulture, $"{assigned.AfterCode} until {assigned.Until:O}"),
                assigned.At)),
        ],
        TierEvent.Entered entered => Brought(entered),
        TierEvent.Looked { Touch: { } touch } => [TouchMessages.Planned(touch)],
        TierEvent.MovedOut moved =>
        [
            TierMessages.Moved(new GrowthMovedV1(
                moved.FromMemberId, moved.IntoMemberId, -moved.Entry.Growth, moved.Days, moved.Membership)),
        ],
        _ => [],
    };

    private static IEnumerable<Message> Brought(TierEvent.Entered entered)
    {
        if (entered.Points > 0)
        {
            yield return TierMessages.Points(
                new TierPointsV1(entered.MemberId, entered.Code, entered.Cycle, entered.Points));
        }

        foreach (var templateId in entered.CouponTemplateIds)
        {
            yield return TierMessages.Coupon(
                new TierCouponV1(entered.MemberId, entered.Code, entered.Cycle, templateId));
        }
    }
}
