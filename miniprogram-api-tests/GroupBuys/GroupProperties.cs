using FsCheck;
using FsCheck.Fluent;
using Pond.GroupBuys;
using Pond.Kernel;
using Pond.Orders;

namespace Pond.Tests.GroupBuys;

/// <summary>GRP-02, GRP-03, GRP-09: whatever order seats are held, paid, freed and left in, and whenever.</summary>
public sealed class GroupProperties
{
    private const int Orders = 12;

    private static readonly DateTimeOffset Start = HandClock.Start;

    private static readonly GroupBuyTerms Terms = new(
        [new GroupPrice("tea", 3_000, 2_800, 2_900)], [new GroupStep(2, 0), new GroupStep(3, 200), new GroupStep(5, 700)],
        GroupMinutes: 60, SeatMinutes: 10, PiecesPerOrderMax: 9, OrdersPerMemberMax: 9, JoinerRule.Anybody,
        HasMatching: false, VirtualFillBp: null);

    private static readonly Gen<Step[]> AnyHistory = Gen.ArrayOf(
        from order in Gen.Choose(0, Orders - 1)
        from kind in Gen.Choose(0, 4)
        from minutes in Gen.Choose(0, 9)
        select new Step(order, kind, minutes));

    /// <summary>Something that happens to one of the orders, so many minutes after the last thing.</summary>
    private sealed record Step(int Order, int Kind, int Minutes);

    [Fact, Rule("GRP-02"), Rule("GRP-03"), Rule("GRP-09")]
    public void Seats_are_never_too_many_and_every_paid_order_comes_to_one_end() =>
        Prop.ForAll(AnyHistory.ToArbitrary(), ComesToOneEnd).CheckThoroughly();

    private static void ComesToOneEnd(Step[] steps)
    {
        var (desk, now) = (new GroupDesk(null, [], []), Start);
        var (paid, outcomes, sent) = (new HashSet<string>(), new List<DealSettledV1>(), new List<string>());
        Run(GroupRules.Start(desk, Group(), SeatOf(0)));
        foreach (var step in steps.Append(new Step(0, 4, Minutes: 100)))
        {
            now += TimeSpan.FromMinutes(step.Minutes);
            var seat = SeatOf(step.Order);
            var known = desk.Seats.Concat(desk.Gone).FirstOrDefault(one => one.OrderId == seat.OrderId);
            Run(step.Kind switch
            {
                0 => GroupRules.Hold(desk, seat, isNewcomer: true, now),
                1 when known is not null && known.State is not SeatState.Released => Paying(known),
                2 when !paid.Contains(seat.OrderId) => GroupRules.Release(desk, Group(), seat.OrderId, now),
                3 => GroupRules.Leave(desk, seat.MemberId, now),
                4 => GroupRules.TimeOut(desk, now),
                _ => Decision<GroupEvent>.Nothing,
            });

            Assert.InRange(desk.Seats.Count, 0, Terms.Seats());
            Assert.Equal(desk.Paid.Count(), desk.Paid.Select(one => one.MemberId).Distinct().Count());
        }

        Assert.NotEqual(GroupState.Forming, desk.Group!.State);
        Assert.Equal(paid.Order(), outcomes.Select(outcome => outcome.OrderId).Concat(sent).Order());
        var off = Terms.OffFen(desk.Paid.Count());
        Assert.All(outcomes.Where(outcome => outcome.Reason is null), outcome => Assert.Equal(3_000 - off, outcome.PriceFen));

        Decision<GroupEvent> Paying(Seat seat)
        {
            paid.Add(seat.OrderId);
            return GroupRules.Pay(desk, seat, isNewcomer: true, new LateWay("another", IsNew: false, Reason: null), now);
        }

        void Run(Decision<GroupEvent> decision)
        {
            foreach (var fact in decision.Facts)
            {
                if (fact is GroupEvent.Ended ended) outcomes.AddRange(ended.Outcomes);
                if (fact is GroupEvent.SeatLeft left) outcomes.Add(left.Outcome);
                if (fact is GroupEvent.SeatTurnedAway turned) sent.Add(turned.Seat.OrderId);
                desk = GroupFold.Evolve(desk, fact);
            }
        }

        Seat SeatOf(int order) => new(
            $"o{order}", $"m{order}", SeatState.Held, now.AddMinutes(Terms.SeatMinutes), "tea", 1, 3_000, NeedsNewcomer: false);
    }

    [Fact, Rule("GRP-03")]
    public void A_payment_that_is_sent_back_to_a_group_that_had_no_room_goes_on_from_there_once()
    {
        var seat = new Seat("o", "m", SeatState.Held, Start, "tea", 1, 3_000, NeedsNewcomer: false);
        var desk = new GroupDesk(Group() with { State = GroupState.Succeeded }, [], []);

        var sent = new List<SeatSentV1>();
        foreach (var hops in new[] { 0, 0, 2, 2, 0 })
        {
            var way = new LateWay("another", IsNew: false, Reason: null);
            var facts = GroupRules.Pay(desk, seat with { Hops = hops }, isNewcomer: true, way, Start).Facts;
            sent.AddRange(facts.OfType<GroupEvent.SeatTurnedAway>().Select(turned => turned.Sent!));
            desk = facts.Aggregate(desk, GroupFold.Evolve);
        }

        Assert.Equal([1, 3], sent.Select(one => one.Seat.Hops));
    }

    private static Group Group() => new(
        "g", "a", Terms, GroupState.Forming, Start, Start.AddMinutes(Terms.GroupMinutes), LeaderOrderId: null,
        VirtualSeats: 0, Seq: 0);
}
