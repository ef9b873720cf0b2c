using Pond.Bargains;
using Pond.Platform;

namespace Pond.Tests.Bargains;

/// <summary>D23: a million draws.</summary>
[Rule("D23")]
public sealed class DrawingFairly
{
    private const int Draws = 1_000_000;
    private const int Seed = 20_261_127;
    private const double ChiSquareMax = 29.6; // of ten degrees of freedom, one in a thousand is above

    private static readonly BargainTerms Terms = new(
        "tea", StartFen: 4_000, FloorFen: 1_000, Cuts: 10, Hours: 24, ShareMinBp: 2_000, ShareMaxBp: 2_010,
        BargainMode.FloorOnly, HelpsPerDay: 3, AttemptsPerMember: 1, IsOwnerCutAllowed: false, NewHelpersOnly: false,
        HasNewcomerStep: false, Details: "每人限购一件");

    [Fact]
    public void Every_share_from_the_least_to_the_largest_comes_and_no_other() =>
        Assert.Equal(Enumerable.Range(2_000, 11), Counts(new Dice()).Keys.Order());

    [Fact]
    public void Each_share_comes_as_often_as_any_other()
    {
        const double expected = Draws / 11.0;

        var counts = Counts(new SeededDice(new Random(Seed)));

        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, ChiSquareMax);
    }

    private static Dictionary<int, int> Counts(Dice dice)
    {
        var counts = new Dictionary<int, int>();
        for (var draw = 0; draw < Draws; draw++)
        {
            var share = CutPlanRules.ShareOf(Terms, dice.Roll(CutPlanRules.SharesOf(Terms)));
            counts[share] = counts.GetValueOrDefault(share) + 1;
        }

        return counts;
    }

    private sealed class SeededDice(Random random) : Dice
    {
        public override int Roll(int below) => random.Next(below);
    }
}
