using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>Rows in the member's partition, beside its head.</summary>
/// <remarks>
/// <c>points</c> the balance · <c>lots:{month}</c> the lots that end in that month, so that a spend never touches
/// more rows than there are months · <c>entry:{newest first}</c> the ledger · <c>cause:{hash}</c> the same entry
/// once more under its cause, whose insert keeps a cause from being booked twice · <c>check-ins</c> the streak.
/// </remarks>
public static class PointsRows
{
    public const string BalanceRow = "points";
    public const string LotsPrefix = "lots";
    public const string EntryPrefix = "entry";
    public const string CheckInsRow = "check-ins";

    private const string CausePrefix = "cause";
    private const string NeverMonth = "999912";
    private const int SeqDigits = 12;

    /// <summary>The account, and what the cause at hand has been booked with in one direction.</summary>
    public static Layout<PointsAccount, PointsEvent> Account(string memberId, Cause cause, Direction direction) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [
            new Load.One(BalanceRow), new Load.Under(LotsPrefix),
            new Load.One(CauseRow(cause, direction)), new Load.One(CheckInsRow),
        ],
        Read: rows => new PointsAccount(
            MemberStanding.In(rows),
            rows.Find<Balance>(BalanceRow) ?? Balance.Empty,
            [.. rows.Under<LotPage>(LotsPrefix).SelectMany(page => page.Lots)],
            rows.Find<CheckIns>(CheckInsRow) ?? CheckIns.None,
            rows.Find<Entry>(CauseRow(cause, direction)),
            Added: []),
        Write: Rows,
        Evolve: PointsRules.Evolve,
        Announce: Announce);

    /// <summary>Lots of one month of expiry, as one row.</summary>
    public sealed record LotPage(IReadOnlyList<Lot> Lots);

    private static IEnumerable<StateRow> Rows(PointsAccount account)
    {
        if (account.Balance.Seq > 0) yield return new StateRow(BalanceRow, account.Balance);
        if (account.CheckIns.LastDay is not null) yield return new StateRow(CheckInsRow, account.CheckIns);
        if (account.Booked is { } booked) yield return new StateRow(CauseRow(booked), booked);
        foreach (var month in account.Lots.GroupBy(MonthOf, StringComparer.Ordinal))
            yield return new StateRow($"{LotsPrefix}:{month.Key}", new LotPage([.. month]));
        foreach (var entry in account.Added)
        {
            yield return new StateRow($"{EntryPrefix}:{Keys.Inverted(entry.Seq, SeqDigits)}", entry);
            yield return new StateRow(CauseRow(entry), entry);
        }
    }

    private static string MonthOf(Lot lot) => lot.ExpiresAt is not { } expiresAt
        ? NeverMonth
        : expiresAt.ToOffset(ChinaDay.Offset).ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static string CauseRow(Entry entry) =>
        CauseRow(entry.Cause, entry.Points < 0 ? Direction.Spend : Direction.Earn);

    private static string CauseRow(Cause cause, Direction direction) =>
        $"{CausePrefix}:{Keys.Hash(cause.Kind, cause.Id, direction.ToString())}";

    private static IEnumerable<Message> Announce(PointsEvent fact) => fact is PointsEvent.Adjusted adjusted
        ?
        [
            OperatorMessages.Acted(new OperatorActedV1(
                adjusted.OperatorId, "points.adjust", adjusted.MemberId, adjusted.Reason,
                adjusted.BeforePoints.ToString(CultureInfo.InvariantCulture),
                adjusted.AfterPoints.ToString(CultureInfo.InvariantCulture),
                adjusted.At)),
        ]
        : [];
}

/// <summary>Which way points go.</summary>
public enum Direction
{
    Earn,
    Spend,
}
