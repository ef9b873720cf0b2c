using System.Globalization;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Points;

/// <summary>Rows in the member's partition, beside its head.</summary>
/// <remarks>
/// <c>points</c> the balance · <c>lots:{month}</c> the lots that end in that month, so that a spend never touches
/// more rows than there are months · <c>entry:{newest first}</c> the ledger · <c>cause:{hash}</c> the same entry
/// once more under its cause, whose insert keeps a cause from being booked twice · <c>check-ins</c> the streak ·
/// <c>earned-day</c> what came in today, while there are caps ·
/// <c>hold:{hash}</c> what is held for a cause · <c>hold-end:{hash}</c> what became of it · <c>undone:{hash}</c> how
/// much of a booking was undone · <c>ended:{month}</c> what ended in that month before anybody spent it.
/// </remarks>
public static partial class PointsRows
{
    public const string BalanceRow = "points";
    public const string LotsPrefix = "lots";
    public const string EntryPrefix = "entry";
    public const string CheckInsRow = "check-ins";

    public const string HoldsPrefix = "hold";

    /// <summary>Deadlines of points that end, and of reminders of them.</summary>
    public const string ExpiryKind = "points-expiry";

    /// <summary>Deadlines of holds.</summary>
    public const string HoldsKind = "points-holds";

    private const string EarnedDayRow = "earned-day";

    /// <summary>A member with points held for an order finishes that before a merge.</summary>
    public static readonly MergeObstacle InTheWayOfMerges = new(
        new Load.One(BalanceRow), rows => rows.Find<Balance>(BalanceRow)?.HeldPoints > 0, PointsRefusals.HeldForOrder);

    private const string CausePrefix = "cause";
    private const string HoldEndPrefix = "hold-end";
    private const string UndonePrefix = "undone";
    private const string EndedPrefix = "ended";
    private const int SeqDigits = 12;

    /// <summary>The account, and what the cause at hand has been booked with in one direction.</summary>
    public static Layout<PointsAccount, PointsEvent> Account(string memberId, Cause cause, Direction direction) =>
        Layout(MemberRows.Partition(memberId), cause, direction, [new Load.One(CheckInsRow)]);

    /// <summary>The same for what caps hold to, with what came in today while there are any.</summary>
    public static Layout<PointsAccount, PointsEvent> Earning(string memberId, Cause cause, EarnCaps caps) =>
        caps == EarnCaps.None ? Account(memberId, cause, Direction.Earn) : Capped(memberId, cause);

    /// <summary>The account with all that is held, and what became of the hold of the cause.</summary>
    public static Layout<PointsAccount, PointsEvent> Holding(string memberId, Cause cause) =>
        HoldingIn(MemberRows.Partition(memberId), cause);

    internal static Layout<PointsAccount, PointsEvent> HoldingIn(string partition, Cause cause) =>
        Layout(partition, cause, Direction.Spend, [new Load.Under(HoldsPrefix), new Load.One(HoldEndRow(cause))]);

    /// <summary>Balance and lots, for what no cause asks for.</summary>
    public static Layout<PointsAccount, PointsEvent> Ending(string partition) =>
        Layout(partition, new Cause(Cause.Expiry, ""), Direction.Spend, [new Load.Under(EndedPrefix)]);

    /// <summary>All that an account has which was merged.</summary>
    public static Layout<PointsAccount, PointsEvent> Leaving(string memberId) =>
        Layout(
            MemberRows.Partition(memberId), new Cause(Cause.Merge, ""), Direction.Spend,
            [new Load.One(CheckInsRow), new Load.Under(EndedPrefix)]);

    /// <summary>The same with what was undone of the booking, and what has ended.</summary>
    public static Layout<PointsAccount, PointsEvent> Undoing(string memberId, Cause cause, Direction direction) =>
        Layout(
            MemberRows.Partition(memberId),
            cause,
            direction,
            [new Load.One(UndoneRow(cause, direction)), new Load.Under(EndedPrefix)]);

    private static Layout<PointsAccount, PointsEvent> Capped(string memberId, Cause cause, params Load[] more)
    {
        var layout = Layout(
            MemberRows.Partition(memberId), cause, Direction.Earn,
            [new Load.One(CheckInsRow), new Load.One(EarnedDayRow), .. more]);
        return layout with
        {
            Read = rows => layout.Read(rows) with
            {
                EarnedToday = rows.Find<EarnedDay>(EarnedDayRow) ?? EarnedDay.None,
            },
        };
    }

    private static Layout<PointsAccount, PointsEvent> Layout(
        string partition, Cause cause, Direction direction, IReadOnlyList<Load> more) => new(
        partition,
        MemberRows.Head,
        [new Load.One(BalanceRow), new Load.Under(LotsPrefix), new Load.One(CauseRow(cause, direction)), .. more],
        Read: rows => new PointsAccount(
            MemberStanding.In(rows),
            rows.Find<Balance>(BalanceRow) ?? Balance.Empty,
            [.. rows.Under<LotPage>(LotsPrefix).SelectMany(page => page.Lots)],
            rows.Find<CheckIns>(CheckInsRow) ?? CheckIns.None,
            rows.Find<Entry>(CauseRow(cause, direction)),
            Added: [])
        {
            Holds = rows.Under<Hold>(HoldsPrefix),
            HoldEnd = rows.Find<HoldEnd>(HoldEndRow(cause)),
            Undone = rows.Find<Undone>(UndoneRow(cause, direction)),
            Ended = [.. rows.Under<EndedPage>(EndedPrefix).SelectMany(page => page.Ended)],
        },
        Write: Rows,
        Evolve: PointsFold.Evolve,
        Announce: Announce,
        Due: Due);

    /// <summary>Lots of one month of expiry, as one row.</summary>
    public sealed record LotPage(IReadOnlyList<Lot> Lots);

    /// <summary>What ended in one month, as one row: an amount for each of its days at most.</summary>
    public sealed record EndedPage(IReadOnlyList<EndedPoints> Ended);

    private static IEnumerable<StateRow> Rows(PointsAccount account)
    {
        if (account.Balance != Balance.Empty) yield return new StateRow(BalanceRow, account.Balance);
        if (account.CheckIns.LastDay is not null) yield return new StateRow(CheckInsRow, account.CheckIns);
        if (account.EarnedToday is { Kinds.Count: > 0 } earned) yield return new StateRow(EarnedDayRow, earned);
        if (account.Booked is { } booked) yield return new StateRow(CauseRow(booked), booked);
        foreach (var hold in account.Holds) yield return new StateRow(HoldRow(hold.Cause), hold);
        if (account.HoldEnd is { } end) yield return new StateRow(HoldEndRow(end.Cause), end);
        if (account.Undone is { } undone)
            yield return new StateRow(UndoneRow(undone.Cause, undone.Direction), undone);
        foreach (var month in account.Lots.GroupBy(lot => lot.Month(), StringComparer.Ordinal))
            yield return new StateRow($"{LotsPrefix}:{month.Key}", new LotPage([.. month]));
        foreach (var month in account.Ended.GroupBy(ended => Lot.MonthOf(ended.ExpiresAt), StringComparer.Ordinal))
            yield return new StateRow($"{EndedPrefix}:{month.Key}", new EndedPage([.. month]));
        foreach (var entry in account.Added)
        {
            yield return new StateRow($"{EntryPrefix}:{Keys.Inverted(entry.Seq, SeqDigits)}", entry);
            yield return new StateRow(CauseRow(entry), entry);
        }
    }

    private static IEnumerable<Deadline> Due(PointsAccount account)
    {
        if (ExpiryRules.NextLook(account.Balance, account.Lots) is { } look)
            yield return new Deadline(ExpiryKind, look);
        if (account.Holds.Count > 0) yield return new Deadline(HoldsKind, account.Holds.Min(hold => hold.Until));
    }

    private static string CauseRow(Entry entry) =>
        CauseRow(entry.Cause, entry.Points < 0 ? Direction.Spend : Direction.Earn);

    private static string CauseRow(Cause cause, Direction direction) =>
        $"{CausePrefix}:{Keys.Hash(cause.Kind, cause.Id, direction.ToString())}";

    private static string UndoneRow(Cause cause, Direction direction) =>
        $"{UndonePrefix}:{Keys.Hash(cause.Kind, cause.Id, direction.ToString())}";

    private static string HoldRow(Cause cause) => $"{HoldsPrefix}:{Keys.Hash(cause.Kind, cause.Id)}";

    private static string HoldEndRow(Cause cause) => $"{HoldEndPrefix}:{Keys.Hash(cause.Kind, cause.Id)}";

    private static IEnumerable<Message> Announce(PointsEvent fact) => fact switch
    {
        PointsEvent.MovedOut moved =>
        [
            PointsMessages.Moved(new PointsMovedV1(
                moved.FromMemberId, moved.IntoMemberId, new Cause(Cause.Merge, $"{moved.FromMemberId}.{moved.Number}"),
                moved.Lots, moved.DebtPoints, moved.CheckIns, moved.At)),
        ],
        PointsEvent.Adjusted adjusted =>
        [
            OperatorMessages.Acted(new OperatorActedV1(
                adjusted.OperatorId, "points.adjust", adjusted.MemberId, adjusted.Reason,
                adjusted.BeforePoints.ToString(CultureInfo.InvariantCulture),
                adjusted.AfterPoints.ToString(CultureInfo.InvariantCulture),
                adjusted.At)),
        ],
        PointsEvent.ToldOfEnds told => told.Ends.Select(
            soon => TouchMessages.Planned(EndingSoonRules.TouchOf(told.MemberId, soon, told.At))),
        _ => [],
    };
}
