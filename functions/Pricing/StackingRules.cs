namespace Pond.Pricing;

/// <summary>PRC-03: which promotions count together for which lines. Pure.</summary>
/// <remarks>
/// What saves most is taken; of equals what has the higher priority, then the earlier id. The answer does not hang on
/// the order in which promotions come.
/// </remarks>
public static class StackingRules
{
    /// <summary>
    /// Promotions for common lines that are tried in every order: the most promising. Six make 1,957 tries at most;
    /// those beyond do not count.
    /// </summary>
    public const int TogetherMax = 6;

    /// <summary>The best choice of promotions, each for the lines that it may count.</summary>
    /// <param name="promotions">None of them exclusive, or one alone.</param>
    /// <param name="lines">At their price.</param>
    /// <param name="covers">Whether a promotion is good for the goods of a line.</param>
    public static Selection Best(
        IReadOnlyList<PromotionStanding> promotions,
        IReadOnlyList<PricedLine> lines,
        Func<PromotionStanding, PricedLine, bool> covers,
        Func<IReadOnlyList<int>, long> freightOff)
    {
        var best = new Selection(lines, [], covers, freightOff);
        foreach (var related in Related([.. BasePriceRules.Canonical(promotions)], lines, covers))
        {
            var start = new Selection(best.Lines, [], covers, freightOff);
            var found = Extend(start, Promising(related, start));
            best = new Selection(found.Lines, [.. best.Reductions, .. found.Reductions], covers, freightOff);
        }

        return best;
    }

    // Those that share a line, or share one with one that does, hang together; others cannot touch each other.
    private static IEnumerable<IReadOnlyList<PromotionStanding>> Related(
        List<PromotionStanding> promotions,
        IReadOnlyList<PricedLine> lines,
        Func<PromotionStanding, PricedLine, bool> covers)
    {
        while (promotions is [var first, ..])
        {
            List<PromotionStanding> related = [first];
            for (var i = 0; i < related.Count; i++)
            {
                related.AddRange(promotions.Where(other => !related.Contains(other)
                    && lines.Any(line => covers(related[i], line) && covers(other, line))));
            }

            promotions = [.. promotions.Except(related)];
            yield return [.. BasePriceRules.Canonical(related)];
        }
    }

    // A budget that does not bear all the goods may bear those that others leave; with fewer goods nothing reaches a
    // threshold that it does not reach with all.
    private static IReadOnlyList<PromotionStanding> Promising(
        IReadOnlyList<PromotionStanding> related, Selection start)
    {
        var good = related
            .Select(one => (One: one, Tried: start.Try(one)))
            .Where(each => each.Tried.WhyNot?.Code != PromotionRefusals.BelowThreshold.Code)
            .OrderByDescending(each => each.Tried.Reduction?.WorthFen() ?? 0) // stable: of equals the canonical order
            .Take(TogetherMax)
            .Select(each => each.One);
        return [.. BasePriceRules.Canonical(good)];
    }

    private static Selection Extend(Selection soFar, IReadOnlyList<PromotionStanding> rest)
    {
        var best = soFar;
        foreach (var one in rest)
        {
            if (soFar.Try(one).Reduction is not { } reduction) continue;
            var further = Extend(soFar.With(reduction), [.. rest.Where(other => other != one)]);
            if (further.IsBetterThan(best)) best = further;
        }

        return best;
    }
}

/// <summary>Promotions that count, in the order in which they do.</summary>
/// <param name="Lines">With what came off so far.</param>
public sealed record Selection(
    IReadOnlyList<PricedLine> Lines,
    IReadOnlyList<Reduction> Reductions,
    Func<PromotionStanding, PricedLine, bool> Covers,
    Func<IReadOnlyList<int>, long> FreightOff)
{
    /// <summary>What one more promotion would do to the lines that nothing forbids it.</summary>
    public Attempt Try(PromotionStanding one) => ReductionRules.Try(
        one, [.. Lines.Where(line => Covers(one, line) && IsFree(line.Number, one))], FreightOff);

    /// <summary>What it would do if it were the only one.</summary>
    public Attempt TryAlone(PromotionStanding one) => new Selection(
        [.. Lines.Select(line => line with { PromotionOffFen = 0 })], [], Covers, FreightOff).Try(one);

    public Selection With(Reduction reduction) => this with
    {
        Lines =
        [
            .. Lines.Select(line => reduction.LineNumbers.ToList().IndexOf(line.Number) is >= 0 and var at
                ? line with { PromotionOffFen = line.PromotionOffFen + reduction.OffFen[at] }
                : line),
        ],
        Reductions = [.. Reductions, reduction],
    };

    public bool IsBetterThan(Selection other)
    {
        var (mine, theirs) = (Reductions.Sum(one => one.WorthFen()), other.Reductions.Sum(one => one.WorthFen()));
        return mine > theirs || (mine == theirs && Order.Compare(Promotions(), other.Promotions()) < 0);
    }

    private PricePromotion[] Promotions() => [.. Reductions.Select(one => one.Promotion)];

    private bool IsFree(int number, PromotionStanding one) => Reductions
        .Where(reduction => reduction.LineNumbers.Contains(number))
        .All(reduction => reduction.Promotion.Terms.Stacking.GoesWith(one.Promotion.Terms.Stacking));

    /// <summary>
    /// Of two choices that save the same: first the one with the higher priorities, then the earlier ids.
    /// </summary>
    public static class Order
    {
        /// <returns>Less than 0 when the first choice is to be taken.</returns>
        public static int Compare(IEnumerable<PricePromotion> a, IEnumerable<PricePromotion> b)
        {
            var (mine, theirs) = (Sorted(a), Sorted(b));
            for (var i = 0; i < Math.Min(mine.Length, theirs.Length); i++)
            {
                var byPriority = theirs[i].Terms.Stacking.Priority.CompareTo(mine[i].Terms.Stacking.Priority);
                if (byPriority != 0) return byPriority;
                var byId = string.CompareOrdinal(mine[i].Id, theirs[i].Id);
                if (byId != 0) return byId;
            }

            return theirs.Length.CompareTo(mine.Length);
        }

        private static PricePromotion[] Sorted(IEnumerable<PricePromotion> promotions) =>
        [
            .. promotions.OrderByDescending(one => one.Terms.Stacking.Priority)
                .ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }
}
