using Pond.Points;
using static Pond.Tests.Points.BookSteps;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

public sealed class UndoingPoints
{
    [Fact]
    [Rule("PTS-04")]
    public async Task A_refund_puts_points_back_where_they_came_from()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 40);
        await api.Earn(alice, 2, 50, lotMonths: 3);
        var before = await alice.Expiries();
        await api.Spend(alice, 3, 60);

        await api.Refund(alice, 3, AllOfIt);
        await api.Refund(alice, 3, AllOfIt);

        Assert.Equal(before, await alice.Expiries());
        Assert.Equal([60, -60, 50, 40], (await alice.Entries()).Select(entry => entry.Whole("points")));
    }

    [Fact]
    [Rule("PTS-04")]
    public async Task Parts_of_a_refund_add_up_to_the_whole()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Spend(alice, 2, 100);

        var returned = new List<long>();
        foreach (var part in new[] { 1, 2, 3 })
        {
            var fact = Assert.Single((await api.Refund(alice, 2, new Share(part, 3))).Facts);
            returned.Add(Assert.IsType<PointsEvent.Refunded>(fact).Points);
        }

        Assert.Equal([33, 33, 34], returned);
        Assert.Equal(100, await alice.SpendablePoints());
    }

    [Fact]
    [Rule("PTS-04")]
    public async Task What_comes_back_to_a_lot_that_has_ended_lasts_a_week_at_least()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 40);
        await api.Earn(alice, 2, 50, lotMonths: 6);
        await api.Spend(alice, 3, 60);

        alice = await api.LogInAt("alice", China(2026, 5, 20, 15));
        await api.Fire(nameof(ExpirePoints));
        await api.Refund(alice, 3, AllOfIt);

        Assert.Equal(
            [("2026-05-28T00:00:00+08:00", 40), ("2026-10-01T00:00:00+08:00", 50)], await alice.Expiries());
    }

    [Fact]
    public async Task What_was_held_and_posted_is_refunded_like_any_spend()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 40);
        await api.Hold(alice, 2, 30);
        await api.PostHold(alice, 2);

        await api.Refund(alice, 2, HalfOfIt);

        Assert.Equal((25, 0, 0), await alice.Sums());
    }

    [Fact]
    [Rule("PTS-05"), Rule("D28")]
    public async Task A_reversal_takes_back_what_was_granted_then_in_parts_that_add_up()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 5);
        await api.Earn(alice, 2, 100, lotMonths: 6);

        foreach (var (part, left) in new[] { (1, 104), (2, 102), (2, 102), (1, 102), (3, 100), (3, 100) })
        {
            await api.Reverse(alice, 1, new Share(part, 3));
            Assert.Equal(left, await alice.SpendablePoints());
        }
    }

    [Fact]
    [Rule("PTS-05"), Rule("D25")]
    public async Task What_was_spent_already_becomes_a_debt_that_blocks_until_it_is_settled()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Spend(alice, 2, 70);

        await api.Reverse(alice, 1, AllOfIt);
        Assert.Equal((0, 0, 70), await alice.Sums());
        Assert.Equal(-70, (await alice.Entries())[0].Whole("afterPoints"));
        Assert.Equal(PointsRefusals.InDebt, (await api.Spend(alice, 3, 1)).Refusal);
        Assert.Equal(PointsRefusals.InDebt, (await api.Hold(alice, 4, 1)).Refusal);

        await api.Earn(alice, 5, 50);
        Assert.Equal((0, 0, 20), await alice.Sums());
        await api.Earn(alice, 6, 50);
        Assert.Equal((30, 0, 0), await alice.Sums());
        Assert.Null((await api.Spend(alice, 3, 30)).Refusal);
    }

    [Fact]
    public async Task A_debt_is_settled_first_by_what_comes_back_from_a_hold_or_a_refund()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Spend(alice, 2, 40);
        await api.Hold(alice, 3, 60);
        await api.Reverse(alice, 1, AllOfIt);
        Assert.Equal((0, 60, 100), await alice.Sums());

        await api.VoidHold(alice, 3);
        Assert.Equal((0, 0, 40), await alice.Sums());
        await api.Refund(alice, 2, AllOfIt);
        Assert.Equal((0, 0, 0), await alice.Sums());
    }

    [Fact]
    [Rule("PTS-05")]
    public async Task Points_that_have_ended_are_not_owed()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 5));
        await api.Fire(nameof(ExpirePoints));

        await api.Reverse(alice, 1, AllOfIt);

        Assert.Equal((0, 0, 0), await alice.Sums());
        Assert.Equal(2, (await alice.Entries()).Length);
    }

    [Fact]
    [Rule("PTS-05"), Rule("D25")]
    public async Task Points_that_were_spent_are_owed_also_when_they_would_have_ended_since()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Earn(alice, 2, 100);
        await api.Spend(alice, 3, 130);
        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 5));
        await api.Fire(nameof(ExpirePoints));

        await api.Reverse(alice, 1, HalfOfIt);
        Assert.Equal((0, 0, 0), await alice.Sums());
        await api.Reverse(alice, 1, AllOfIt);
        Assert.Equal((0, 0, 30), await alice.Sums());
        await api.Reverse(alice, 2, AllOfIt);
        Assert.Equal((0, 0, 130), await alice.Sums());
    }

    [Fact]
    [Rule("PTS-05")]
    public async Task Whether_the_sweep_has_come_by_makes_no_difference_to_what_is_owed()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Earn(alice, 2, 100);
        await api.Spend(alice, 3, 130);
        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 5));

        await api.Reverse(alice, 1, AllOfIt);
        await api.Fire(nameof(ExpirePoints));
        Assert.Equal((0, 0, 30), await alice.Sums());
    }

    [Fact]
    [Rule("D36")]
    public async Task Buying_and_refunding_over_and_over_earns_nothing()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        for (var order = 0; order < 20; order++)
        {
            await api.Earn(alice, order, 10);
            if (order % 2 == 0) await api.Spend(alice, order, 10);
            await api.Reverse(alice, order, AllOfIt);
            await api.Refund(alice, order, AllOfIt);
        }

        Assert.Equal((0, 0, 0), await alice.Sums());
    }

    [Fact]
    public async Task Fifty_copies_of_one_refund_at_once_count_once()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Spend(alice, 2, 50);

        await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => i % 2 == 0 ? api.Refund(alice, 2, HalfOfIt) : api.Reverse(alice, 1, HalfOfIt)));

        Assert.Equal((25, 0, 0), await alice.Sums());
    }

    [Fact]
    public async Task What_was_never_booked_cannot_be_undone()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");

        Assert.Equal(PointsRefusals.CauseMissing, (await api.Refund(alice, 1, AllOfIt)).Refusal);
        Assert.Equal(PointsRefusals.CauseMissing, (await api.Reverse(alice, 1, AllOfIt)).Refusal);
        foreach (var share in new[] { new Share(1, 0), new Share(-1, 2), new Share(3, 2) })
            Assert.Equal(PointsRefusals.BadShare, (await api.Refund(alice, 1, share)).Refusal);
    }
}
