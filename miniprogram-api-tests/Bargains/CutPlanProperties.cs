using FsCheck;
using FsCheck.Fluent;
using Pond.Bargains;

namespace Pond.Tests.Bargains;

/// <summary>A bargain's difference, its draws, and which of the helpers are new.</summary>
public sealed record PlanCase(long DifferenceFen, int[] SharesBp, bool[] AreNew);

/// <summary>Plans of cuts, of ten thousand bargains at random.</summary>
public class CutPlanProperties
{
    private const int Cases = 10_000;

    private static readonly Gen<PlanCase> AnyCase =
        from cuts in Gen.Choose(1, BargainRules.CutsMax)
        from scale in Gen.Elements(1L, 100L, 10_000L, BargainRules.PriceFenMax - BargainRules.CutsMax)
        from more in Gen.Choose(0, int.MaxValue)
        from least in Gen.Choose(1, BargainRules.ShareBpMax)
        from most in Gen.Choose(least, BargainRules.ShareBpMax)
        from shares in Gen.ArrayOf(Gen.Choose(least, most), cuts)
        from areNew in Gen.ArrayOf(Gen.Elements(true, false), cuts)
        select new PlanCase(cuts + (more % scale), shares, areNew);

    [Fact, Rule("D03"), Rule("BRG-01")]
    public void Cuts_are_whole_fen_each_leaves_one_for_every_later_one_and_together_they_are_the_difference() =>
        Check(one =>
        {
            var plan = CutPlanRules.Draw(one.DifferenceFen, one.SharesBp);
            var leftFen = one.DifferenceFen;
            for (var i = 0; i < plan.Count; i++)
            {
                var mostFen = leftFen - (plan.Count - i - 1);
                if (plan[i] < 1 || plan[i] > mostFen) return false;
                var isDrawn = plan[i] == Math.Clamp(mostFen * one.SharesBp[i] / 10_000, 1, mostFen);
                if (i < plan.Count - 1 && !isDrawn) return false;
                leftFen -= plan[i];
            }

            return plan.Count == one.SharesBp.Length && leftFen == 0;
        });

    [Fact, Rule("D03")]
    public void Whoever_helps_in_whatever_order_the_price_comes_down_to_the_floor_with_the_last_cut_and_never_below() =>
        Check(one =>
        {
            IReadOnlyList<long> drawn = CutPlanRules.Draw(one.DifferenceFen, one.SharesBp), plan = drawn;
            var leftFen = one.DifferenceFen;
            for (var made = 0; made < plan.Count; made++)
            {
                var before = plan;
                if (one.AreNew[made]) plan = CutPlanRules.LargestNext(plan, made);
                if (!plan.Take(made).SequenceEqual(before.Take(made))) return false;
                if (one.AreNew[made] && plan.Skip(made).Max() != plan[made]) return false;
                leftFen -= plan[made];
                if (leftFen < plan.Count - made - 1) return false;
            }

            return leftFen == 0 && plan.Order().SequenceEqual(drawn.Order());
        });

    [Fact, Rule("BRG-06")]
    public void The_same_draws_make_the_same_plan() => Check(one =>
        CutPlanRules.Draw(one.DifferenceFen, one.SharesBp)
            .SequenceEqual(CutPlanRules.Draw(one.DifferenceFen, [.. one.SharesBp])));

    private static void Check(Func<PlanCase, bool> holds) => Prop.ForAll(AnyCase.ToArbitrary(), holds)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
