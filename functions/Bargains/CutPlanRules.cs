namespace Pond.Bargains;

/// <summary>
/// BRG-01: the cuts that lead from the first price to the floor. Drawn once and kept, so that no retry and no race
/// draws again. Pure.
/// </summary>
public static class CutPlanRules
{
    private const int Whole = 10_000;

    /// <summary>Shares that there are to draw from: from the least to the largest, both included (D23).</summary>
    public static int SharesOf(BargainTerms terms) => terms.ShareMaxBp - terms.ShareMinBp + 1;

    /// <summary>The share of a roll, in hundredths of a percent.</summary>
    /// <param name="roll">0 … one less than <see cref="SharesOf"/>.</param>
    public static int ShareOf(BargainTerms terms, int roll) => terms.ShareMinBp + roll;

    /// <summary>
    /// Of what is left a cut takes the drawn share of the most that leaves 1 fen for each later one; the last one takes
    /// the rest. So each is 1 or more, and together they are the whole difference.
    /// </summary>
    /// <param name="differenceFen">As many fen as there are cuts, or more.</param>
    /// <param name="sharesBp">For each cut, in hundredths of a percent: 1 … 10,000. That of the last is idle.</param>
    public static IReadOnlyList<long> Draw(long differenceFen, IReadOnlyList<int> sharesBp)
    {
        var (plan, leftFen) = (new long[sharesBp.Count], differenceFen);
        for (var i = 0; i < plan.Length; i++)
        {
            plan[i] = CutOf(leftFen, cutsLeft: plan.Length - i, sharesBp[i]);
            leftFen -= plan[i];
        }

        return plan;
    }

    /// <summary>The plan with the largest cut that is left as the next one: of equal ones the first.</summary>
    /// <param name="made">How many have been made: they stay as they were.</param>
    public static IReadOnlyList<long> LargestNext(IReadOnlyList<long> plan, int made)
    {
        var largest = made;
        for (var i = made + 1; i < plan.Count; i++)
        {
            if (plan[i] > plan[largest]) largest = i;
        }

        long[] swapped = [.. plan];
        (swapped[made], swapped[largest]) = (swapped[largest], swapped[made]);
        return swapped;
    }

    private static long CutOf(long leftFen, int cutsLeft, int shareBp)
    {
        if (cutsLeft == 1) return leftFen;
        var mostFen = leftFen - (cutsLeft - 1);
        return Math.Clamp(checked(mostFen * shareBp) / Whole, 1, mostFen);
    }
}
