using FsCheck;
using FsCheck.Fluent;
using Pond.Pricing;
using Pond.Tiers;

namespace Pond.Tests.Pricing;

/// <summary>Which promotions come together, and what each takes off.</summary>
[Rule("PRC-03")]
public sealed class StackingProperties
{
    [Fact]
    public void Only_promotions_that_name_each_other_count_for_the_same_line() => Holds((_, chosen) =>
        chosen.Lines.All(line =>
        {
            var on = chosen.Reductions.Where(one => one.LineNumbers.Contains(line.Number))
                .Select(one => one.Promotion.Terms.Stacking).ToArray();
            return on.All(a => on.All(b => ReferenceEquals(a, b) || a.GoesWith(b)));
        }));

    [Fact]
    public void No_promotion_alone_saves_more_than_what_is_chosen() => Holds((promotions, chosen) =>
        promotions.All(one => (chosen.TryAlone(one).Reduction?.WorthFen() ?? 0) <= chosen.Reductions.Sum(all => all.WorthFen())));

    [Fact]
    public void No_two_promotions_save_more_in_either_order() => Holds((promotions, chosen) =>
        promotions.All(a => promotions.All(b =>
        {
            var start = new Selection(Fresh(chosen), [], chosen.Covers, chosen.FreightOff);
            if (a == b || start.Try(a).Reduction is not { } first) return true;
            var both = start.With(first);
            return (both.Try(b).Reduction?.WorthFen() ?? 0) + first.WorthFen() <= chosen.Reductions.Sum(one => one.WorthFen());
        })));

    [Fact]
    public void Nothing_is_left_out_that_could_still_save_something() => Holds((promotions, chosen) =>
        promotions.All(one => chosen.Reductions.Any(all => all.Promotion.Id == one.Promotion.Id) || chosen.Try(one).Reduction is null));

    [Fact, Rule("FUL-01")]
    public void A_reduction_takes_off_its_best_step_and_never_more_than_the_goods() => Holds((_, chosen) =>
        chosen.Reductions.All(one =>
        {
            var lines = chosen.Lines.Where(line => one.LineNumbers.Contains(line.Number)).ToArray();
            return one.GoodsOffFen() <= lines.Sum(line => line.PriceFen * line.Quantity)
                && (one.Promotion.Terms.Reduction is not { } reduction
                    || one.GoodsOffFen() <= reduction.Steps.Where(step => step.Least() <= ReductionRules.Measure(step, lines))
                        .Max(step => step.OffFen) * one.Times);
        }));

    [Fact, Rule("FUL-04")]
    public void Cheaper_pieces_are_the_cheapest_and_as_many_as_the_terms_say() => Holds((_, chosen) =>
        chosen.Reductions.Where(one => one.Step is null).All(one =>
        {
            var (terms, lines) = (one.Promotion.Terms, chosen.Lines.Where(line => one.LineNumbers.Contains(line.Number)).ToArray());
            var (every, free, bp, repeated) = terms.Nth is { } nth
                ? (nth.Nth, 1, nth.OffBp, nth.IsRepeated)
                : (terms.Bundle!.BuyPieces + terms.Bundle.FreePieces, terms.Bundle.FreePieces, 10_000, terms.Bundle.IsRepeated);
            var prices = lines.SelectMany(line => Enumerable.Repeat(line.PriceFen, line.Quantity)).Order().ToArray();
            var count = Math.Min(repeated ? int.MaxValue : 1, prices.Length / every) * free;
            return one.GoodsOffFen() <= prices.Take(count).Sum(price => (price * bp + 5_000) / 10_000)
                && (chosen.Reductions.Count > 1 || one.GoodsOffFen() == prices.Take(count).Sum(price => (price * bp + 5_000) / 10_000));
        }));

    private static PricedLine[] Fresh(Selection chosen) =>
        [.. chosen.Lines.Select(line => line with { PromotionOffFen = 0 })];

    private static void Holds(Func<PromotionStanding[], Selection, bool> isRight) => Prop.ForAll(
        Carts.Lines.ToArbitrary(),
        Carts.Promotions.ToArbitrary(),
        (cart, promotions) =>
        {
            PromotionStanding[] together =
            [
                .. promotions.Where(one => one.Promotion.Terms is { Kind: not PromotionKind.LimitedTimePrice, Stacking.IsExclusive: false })
                    .Take(StackingRules.TogetherMax),
            ];
            var lines = BasePriceRules.Of(cart, [], TierBenefits.None).Lines;
            return isRight(together, StackingRules.Best(
                together, lines, (one, line) => BasePriceRules.Covers(one.Promotion, cart[line.Number - 1].Sku),
                numbers => numbers.Count * 100));
        }).CheckThoroughly();
}
