using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Points;
using static Pond.Tests.Points.CheckInSteps;

namespace Pond.Tests.Points;

[Rule("PTS-06")]
public sealed class CappingPoints
{
    private static readonly DateOnly First = new(2026, 3, 3);

    [Fact]
    public async Task What_exceeds_the_cap_of_a_day_is_cut_and_the_entry_says_how_much()
    {
        await using var api = await Start(("EarnCapPerDay", 10));
        Assert.Equal(1, (await api.CheckInOn("alice", First)).Whole("rewardPoints"));

        var second = await api.CheckInOn("alice", First.AddDays(1)); // 1 and 20

        Assert.Equal(10, second.Whole("rewardPoints"));
        var newest = (await (await api.OnDay("alice", First.AddDays(1))).Entries())[0];
        Assert.Equal(("checkInStreak", 9, 11), (newest.Text("causeKind"), newest.Whole("points"), newest.Whole("cutPoints")));
        Assert.Equal(10, (await api.CheckInOn("alice", First.AddDays(2))).Whole("rewardPoints"));
    }

    [Fact]
    public async Task A_cap_for_each_kind_leaves_the_other_kinds_alone()
    {
        await using var api = await Start(("EarnCapPerKindPerDay", 5));
        await api.CheckInOn("alice", First);

        var second = await api.CheckInOn("alice", First.AddDays(1));

        Assert.Equal(1 + 5, second.Whole("rewardPoints"));
    }

    [Fact]
    public async Task Adjustments_and_refunds_are_not_capped_and_take_up_no_room()
    {
        await using var api = await Start(("EarnCapPerDay", 10));
        var alice = await api.OnDay("alice", First);
        await api.Give(alice, 100);
        await api.Spend(alice, 1, 100);
        await api.Refund(alice, 1, BookSteps.AllOfIt);

        Assert.Equal(1, (await api.CheckInOn("alice", First)).Whole("rewardPoints"));
        Assert.Equal(101, await alice.SpendablePoints());
    }

    [Fact]
    public async Task A_hundred_earns_at_once_bring_no_more_than_the_cap()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(order => api.EarnCapped(alice, order, 7, new EarnCaps(100, 0))));

        Assert.Equal(100, await alice.SpendablePoints());
        var entries = await alice.Entries();
        Assert.Equal(100, entries.Length);
        Assert.All(entries, entry => Assert.Equal(7, entry.Whole("points") + entry.Whole("cutPoints")));
    }

    [Fact]
    public async Task What_was_cut_does_not_come_when_the_same_is_told_again_the_next_day()
    {
        await using var api = await MiniProgramApi.Start();
        var (alice, caps) = (await api.LogIn("alice"), new EarnCaps(10, 0));
        await api.EarnCapped(alice, 1, 10, caps);
        await api.EarnCapped(alice, 2, 10, caps);
        alice = await api.OnDay("alice", First);

        Assert.Empty((await api.EarnCapped(alice, 2, 10, caps)).Facts);
        Assert.Equal(PointsRefusals.CauseTaken, (await api.EarnCapped(alice, 2, 11, caps)).Refusal);
        Assert.Equal(10, await alice.SpendablePoints());
    }

    [Fact]
    public void A_day_brings_all_that_its_caps_allow_and_nothing_more() => Prop.ForAll(
        Gen.Choose(0, 60).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), Earns.ToArbitrary(),
        (perDay, perKind, earns) =>
        {
            var (rows, now, caps) = (new LayoutRows(), HandClock.Start, new EarnCaps(perDay, perKind));
            rows.Put(MemberRows.Head, new Member("m", MemberStatus.Active, now, null, null, []));
            var booked = new List<(DateOnly Day, Lot Lot)>();
            foreach (var (earn, number) in earns.Select((earn, number) => (earn, number)))
            {
                now = now.AddHours(earn.HoursLater);
                var (day, cause) = (ChinaDay.Of(now).Date, new Cause(earn.Kind, $"{number}"));
                var today = booked.Where(each => each.Day == day).Select(each => each.Lot).ToArray();
                var room = Math.Min(
                    Room(perDay, today), Room(perKind, today.Where(lot => lot.Cause.Kind == earn.Kind)));
                var decision = rows.Run(
                    PointsRows.Earning("m", cause, caps),
                    account => EarnRules.Earn(account, cause, $"lot-{number}", earn.Points, caps, null, now));
                var earned = (PointsEvent.Earned)decision.Facts.Single();
                if (earned.Lot.GrantedPoints != Math.Min(earn.Points, room)) return false;
                if (earned.Lot.GrantedPoints + earned.CutPoints != earn.Points) return false;
                booked.Add((day, earned.Lot));
            }

            return !rows.HasClash;
        }).CheckThoroughly();

    private static Gen<(string Kind, int Points, int HoursLater)[]> Earns => Gen.Choose(1, 12).SelectMany(count => (
        from kind in Gen.Elements("checkIn", "order", "review")
        from points in Gen.Choose(1, 30)
        from hours in Gen.Elements(0, 0, 1, 9, 30)
        select (kind, points, hours)).ArrayOf(count));

    private static long Room(long cap, IEnumerable<Lot> lots) =>
        cap == 0 ? long.MaxValue : cap - lots.Sum(lot => lot.GrantedPoints);

    private static async Task<MiniProgramApi> Start((string Name, int Points) cap)
    {
        var api = await MiniProgramApi.Start(
            new Dictionary<string, string> { [$"Points:{cap.Name}"] = $"{cap.Points}" });
        await api.SetCheckInProgramme(SomeProgramme());
        return api;
    }
}
