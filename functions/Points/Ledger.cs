using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>Books entries and chains them. Pure.</summary>
public static class Ledger
{
    /// <summary>Adds one line for a cause.</summary>
    /// <exception cref="OverflowException">The balance does not fit.</exception>
    public static PointsAccount Book(
        this PointsAccount account,
        Cause cause,
        long points,
        IReadOnlyList<LotPart> parts,
        DateTimeOffset at,
        long cutPoints = 0)
    {
        var before = account.Balance;
        var entry = new Entry(before.Seq + 1, at, cause, points, before.PostedPoints + points, parts, before.LastHash,
            cutPoints);
        return account with
        {
            Balance = before with { PostedPoints = entry.AfterPoints, Seq = entry.Seq, LastHash = HashOf(entry) },
            Added = [.. account.Added, entry],
        };
    }

    /// <summary>
    /// What the next entry carries of this one: over its values, not its JSON, which may gain fields.
    /// </summary>
    public static string HashOf(Entry entry) => Keys.Hash(
    [
        entry.Previous,
        Text(entry.Seq), Text(entry.At.UtcTicks), entry.Cause.Kind, entry.Cause.Id,
        Text(entry.Points), Text(entry.AfterPoints),
        .. entry.Parts.SelectMany(part => new[] { part.LotId, Text(part.Points), Text(part.ExpiresAt?.UtcTicks ?? 0) }),
        .. entry.CutPoints == 0 ? [] : new[] { Text(entry.CutPoints) }, // a line of before there were caps had none
    ]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
