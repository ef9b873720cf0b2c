using System.Globalization;
using Pond.Kernel;

namespace Pond.Points;

/// <summary>PTS-07: points that have ended leave the balance, with a line of the ledger for each month. Pure.</summary>
public static class ExpiryRules
{
    /// <summary>Months that one decision takes off, so that it stays within one batch.</summary>
    public const int MonthsMax = 12;

    /// <summary>Takes off what has ended, the oldest month first. It changes nothing when nothing has.</summary>
    public static Decision<PointsEvent> Expire(PointsAccount account, DateTimeOffset now)
    {
        var months = account.Lots
            .Where(lot => lot.ExpiresAt <= now)
            .GroupBy(lot => lot.Month(), StringComparer.Ordinal)
            .OrderBy(month => month.Key, StringComparer.Ordinal)
            .Take(MonthsMax);
        return months
            .Select((month, index) => Ended(month, account.Balance.Seq + 1 + index, now))
            .ToArray<PointsEvent>();
    }

    /// <summary>When the next lot ends; null when none does.</summary>
    public static DateTimeOffset? NextEnd(IReadOnlyList<Lot> lots) => lots.Min(lot => lot.ExpiresAt);

    /// <summary>When somebody has to look next: at an end, or at a time to remind of one.</summary>
    public static DateTimeOffset? NextLook(Balance balance, IReadOnlyList<Lot> lots) =>
        new[] { NextEnd(lots), EndingSoonRules.NextAt(balance, lots) }.Min();

    // A month can end twice, when a hold that outlived it is voided; the line's number keeps the two causes apart.
    private static PointsEvent.Expired Ended(IGrouping<string, Lot> month, long seq, DateTimeOffset now) =>
        new PointsEvent.Expired(
            new Cause(Cause.Expiry, string.Create(CultureInfo.InvariantCulture, $"{month.Key}.{seq}")),
            month.Sum(lot => lot.RemainingPoints),
            [.. month.Select(lot => new LotPart(lot.Id, lot.RemainingPoints, lot.ExpiresAt))],
            now);
}
