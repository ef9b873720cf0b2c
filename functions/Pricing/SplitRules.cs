namespace Pond.Pricing;

/// <summary>PRC-04: divides an amount over lines, to the last fen. Pure.</summary>
public static class SplitRules
{
    /// <summary>
    /// Shares by weight: rounded down, and what is left over goes one by one to the largest remainders, of equal ones
    /// to the earlier line. No share exceeds its weight.
    /// </summary>
    /// <param name="amount">0 … the sum of the weights.</param>
    /// <param name="weights">What each line can bear: 0 or more.</param>
    public static long[] Split(long amount, IReadOnlyList<long> weights)
    {
        var whole = weights.Sum();
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, whole);
        if (whole == 0) return new long[weights.Count];

        var shares = weights.Select(weight => (long)((Int128)amount * weight / whole)).ToArray();
        var left = (int)(amount - shares.Sum()); // less than one for each line
        var byRemainder = Enumerable.Range(0, weights.Count)
            .OrderByDescending(line => (Int128)amount * weights[line] % whole)
            .ThenBy(line => line);
        foreach (var line in byRemainder.Take(left)) shares[line]++;
        return shares;
    }
}
