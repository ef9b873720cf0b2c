namespace Pond.Points;

/// <summary>What a booking does to the lots of a member. Pure.</summary>
internal static class LotList
{
    /// <summary>Parts of so many points from lots that can be spent, what ends first first.</summary>
    /// <param name="points">At most what can be spent.</param>
    public static List<LotPart> Draw(this IReadOnlyList<Lot> lots, long points, DateTimeOffset now) => lots
        .Where(lot => lot.IsSpendable(now))
        .OrderBy(lot => lot.ExpiresAt ?? DateTimeOffset.MaxValue)
        .ThenBy(lot => lot.EarnedAt)
        .ThenBy(lot => lot.Id, StringComparer.Ordinal)
        .Select(lot => new LotPart(lot.Id, lot.RemainingPoints, lot.ExpiresAt))
        .Slice(0, points);

    /// <summary>So many points of the parts, in their order, after the first few.</summary>
    /// <param name="skip">Points left out at the front.</param>
    /// <param name="take">Points wanted; fewer when the parts end before.</param>
    public static List<LotPart> Slice(this IEnumerable<LotPart> parts, long skip, long take)
    {
        var slice = new List<LotPart>();
        foreach (var part in parts)
        {
            var skipped = Math.Min(skip, part.Points);
            var taken = Math.Min(take, part.Points - skipped);
            if (taken > 0) slice.Add(part with { Points = taken });
            (skip, take) = (skip - skipped, take - taken);
        }

        return slice;
    }

    /// <summary>The lots without these parts.</summary>
    public static IReadOnlyList<Lot> Without(this IReadOnlyList<Lot> lots, IReadOnlyList<LotPart> parts)
    {
        var taken = parts.ToDictionary(part => part.LotId, part => part.Points);
        return
        [
            .. lots
                .Select(lot => lot with { RemainingPoints = lot.RemainingPoints - taken.GetValueOrDefault(lot.Id) })
                .Where(lot => lot.RemainingPoints > 0), // the entry remembers what an emptied lot was
        ];
    }

    /// <summary>The lots with parts put back; one that was emptied comes back under its id.</summary>
    public static IReadOnlyList<Lot> WithBack(
        this IReadOnlyList<Lot> lots, IReadOnlyList<LotPart> parts, Cause cause, DateTimeOffset at)
    {
        foreach (var part in parts)
        {
            var lot = lots.FirstOrDefault(lot => lot.Id == part.LotId)
                ?? new Lot(part.LotId, cause, 0, 0, at, part.ExpiresAt);
            var remaining = lot.RemainingPoints + part.Points;
            var granted = Math.Max(lot.GrantedPoints, remaining);
            lots = [.. lots.Where(other => other.Id != lot.Id)];
            lots = lots.With(lot with { GrantedPoints = granted, RemainingPoints = remaining });
        }

        return lots;
    }

    /// <summary>The lots with those of another account; what came back to a lot that is here goes into it.</summary>
    public static IReadOnlyList<Lot> WithAll(this IReadOnlyList<Lot> lots, IReadOnlyList<Lot> others) =>
        others.Aggregate(lots, (all, other) => all.FirstOrDefault(lot => lot.Id == other.Id) is { } same
            ? all.WithBack([new LotPart(same.Id, other.RemainingPoints, same.ExpiresAt)], same.Cause, same.EarnedAt)
            : all.With(other));

    /// <summary>The lots with one more.</summary>
    public static IReadOnlyList<Lot> With(this IReadOnlyList<Lot> lots, Lot lot) =>
        lot.RemainingPoints == 0 ? lots : Folded([.. lots, lot]);

    // Lots that end together are worth the same, and the entries remember where each came from. Every lot ends with a
    // day of China, so among more lots of a month than it has days there are always two that end together.
    private static IReadOnlyList<Lot> Folded(IReadOnlyList<Lot> lots)
    {
        var month = lots[^1].Month();
        Lot[] inMonth = [.. lots.Where(lot => lot.Month() == month)];
        if (inMonth.Length <= PointsRules.LotsPerMonthMax) return lots;

        var together = inMonth.GroupBy(lot => lot.ExpiresAt).MaxBy(group => group.Count())!;
        var (first, second) = (together.First(), together.Skip(1).First());
        var folded = first with
        {
            GrantedPoints = first.GrantedPoints + second.GrantedPoints,
            RemainingPoints = first.RemainingPoints + second.RemainingPoints,
        };
        return [folded, .. lots.Where(lot => lot.Id != first.Id && lot.Id != second.Id)];
    }
}
