using FsCheck;
using FsCheck.Fluent;
using Pond.Pricing;

namespace Pond.Tests.Pricing;

/// <summary>How an amount is divided over lines.</summary>
[Rule("PRC-04")]
public sealed class SplitProperties
{
    [Fact]
    public void Shares_add_up_and_none_exceeds_its_line_or_its_exact_share_by_a_fen() => Holds((amount, weights, shares) =>
        shares.Sum() == amount
        && shares.Zip(weights).All(pair => pair.First >= 0 && pair.First <= pair.Second)
        && shares.Zip(weights).All(pair => weights.Sum() == 0
            || Math.Abs((decimal)amount * pair.Second / weights.Sum() - pair.First) < 1));

    [Fact]
    public void Equal_lines_differ_by_a_fen_at_most_and_the_earlier_has_it() => Holds((_, weights, shares) =>
        Enumerable.Range(0, weights.Length).All(i => Enumerable.Range(i, weights.Length - i).All(j =>
            weights[i] != weights[j] || shares[i] - shares[j] is 0 or 1)));

    [Fact]
    public void The_largest_remainders_come_first() => Holds((amount, weights, shares) =>
    {
        var whole = weights.Sum();
        if (whole == 0) return true;
        var up = Enumerable.Range(0, weights.Length).ToLookup(i => shares[i] > (long)((Int128)amount * weights[i] / whole));
        return up[true].All(i => up[false].All(j => Remainder(i) >= Remainder(j)));

        Int128 Remainder(int i) => (Int128)amount * weights[i] % whole;
    });

    [Fact]
    public void A_large_cart_does_not_overflow() => Assert.Equal(
        [4_000_000_000_000_000_000, 4_000_000_000_000_000_000],
        SplitRules.Split(8_000_000_000_000_000_000, [4_500_000_000_000_000_000, 4_500_000_000_000_000_000]));

    private static void Holds(Func<long, long[], long[], bool> isRight) => Prop.ForAll(
        (from weights in Gen.Frequency((4, Gen.Choose(0, 9)), (1, Gen.Choose(0, 1_000_000_000))).Select(each => (long)each).NonEmptyListOf()
         from share in Gen.Choose(0, 10_000)
         select (Amount: (long)((Int128)weights.Sum() * share / 10_000), Weights: weights.ToArray())).ToArbitrary(),
        each => isRight(each.Amount, each.Weights, SplitRules.Split(each.Amount, each.Weights))).CheckThoroughly();
}
