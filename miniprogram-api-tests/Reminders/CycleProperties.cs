using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Reminders;

namespace Pond.Tests.Reminders;

/// <summary>When somebody needs more of what they bought, through any history.</summary>
public sealed class CycleProperties
{
    private const int DaysPerPiece = 30;

    private static readonly CycleState Empty = new(new MemberStanding("m", MemberStatus.Active), null);

    private static Gen<Purchase[]> News =>
        from count in Gen.Choose(0, 12)
        from all in (
            from order in Gen.Choose(0, 11)
            from kept in Gen.Choose(0, 3)
            select new Purchase($"order-{order:00}", kept, HandClock.Start.AddDays(order * order))).ArrayOf(count)
        select all;

    [Fact, Rule("REP-01"), Rule("REP-02")]
    public void What_is_heard_in_any_order_and_twice_comes_to_the_same() => Prop.ForAll(
        (from news in News from seed in Gen.Choose(0, int.MaxValue) select (news, seed)).ToArbitrary(),
        given =>
        {
            var mixed = given.news.Concat(given.news).ToArray();
            new Random(given.seed).Shuffle(mixed);
            var (one, other) = (Hear(given.news).Cycle, Hear(mixed).Cycle);
            return (one?.Purchases ?? []).SequenceEqual(other?.Purchases ?? [])
                && WithoutNumber(one?.Plan) == WithoutNumber(other?.Plan);
        }).CheckThoroughly();

    [Fact, Rule("REP-01")]
    public void With_two_gaps_of_their_own_the_median_of_the_newest_five_counts_and_else_what_the_shop_knows() => Prop.ForAll(
        Gen.Choose(1, 60).ArrayOf(8).ToArbitrary(),
        gaps =>
        {
            var (purchases, at) = (new List<Purchase> { new("0", 2, HandClock.Start) }, HandClock.Start);
            for (var i = 0; i < gaps.Length; i++)
            {
                var own = gaps[..i].TakeLast(5).Order().ToArray();
                var expected = own.Length < 2 ? DaysPerPiece * 2
                    : own.Length % 2 == 1 ? own[own.Length / 2]
                    : (own[(own.Length / 2) - 1] + own[own.Length / 2]) / 2;
                var plan = CycleRules.Next([.. purchases.TakeLast(CycleRules.PurchasesMax)], DaysPerPiece)!;
                var lead = Math.Min(3, expected / 2);
                if (plan.RemindAt != ChinaDay.Of(at).AddDays(expected - lead).Start.AddHours(10)) return false;
                at = at.AddDays(gaps[i]);
                purchases.Add(new Purchase($"{i + 1}", 2, at));
            }

            return true;
        }).CheckThoroughly();

    [Fact, Rule("REP-02"), Rule("REP-03")]
    public void What_is_planned_is_the_newest_order_s_and_whatever_was_planned_before_is_voided_once() => Prop.ForAll(
        News.ToArbitrary(),
        news =>
        {
            var (state, open) = (Empty, new HashSet<string>());
            foreach (var purchase in news)
            {
                if (Decide(state, purchase).Facts is not [var moved]) continue;
                if (moved.Voided is { } voided && !open.Remove(voided.OccasionId)) return false;
                if (moved.Planned is { } planned && !open.Add(planned.OccasionId)) return false;
                state = state with { Cycle = moved.Cycle };
                var newest = moved.Cycle.Purchases.LastOrDefault(one => one.Kept > 0);
                if (moved.Cycle.Plan?.OrderId != newest?.OrderId || open.Count > 1) return false;
                if (open.Count != (moved.Cycle.Plan is null ? 0 : 1)) return false;
            }

            return true;
        }).CheckThoroughly();

    [Fact, Rule("REP-01")]
    public void Nobody_guesses_when_neither_the_member_nor_the_shop_knows() =>
        Assert.Null(CycleRules.Next([new Purchase("1", 1, HandClock.Start), new("2", 1, HandClock.Start.AddDays(9))], null));

    [Fact, Rule("REP-02")]
    public void What_is_over_when_it_is_heard_of_is_not_planned() => Assert.Null(
        Decide(Empty, new Purchase("1", 1, HandClock.Start.AddDays(-40))).Facts.Single().Planned);

    private static CycleState Hear(IEnumerable<Purchase> news) => news.Aggregate(
        Empty, (state, purchase) => Decide(state, purchase).Facts is [var moved] ? state with { Cycle = moved.Cycle } : state);

    private static Decision<CycleMoved> Decide(CycleState state, Purchase purchase) =>
        CycleRules.Hear(state, new GoodsNews("sku", "茶", [purchase]), DaysPerPiece, HandClock.Start);

    private static CyclePlan? WithoutNumber(CyclePlan? plan) => plan is null ? null : plan with { Number = 0 };
}
