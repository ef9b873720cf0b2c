using Pond.Points;
using Pond.Tests.Members;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

[Rule("PTS-07")]
public sealed class EndingPoints
{
    [Fact]
    public async Task Points_that_have_ended_leave_the_balance_with_a_line_of_the_ledger()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.Earn(alice, 2, 30, lotMonths: 2);
        await api.Spend(alice, 3, 40);

        alice = await api.LogInAt("alice", China(2026, 4, 30, 23, 59, 59));
        await api.Fire(nameof(ExpirePoints));
        Assert.Equal((90, 0, 0), await alice.Sums());

        api.Clock.MoveTo(China(2026, 5, 1, 0, 1));
        await api.Fire(nameof(ExpirePoints));
        await api.Fire(nameof(ExpirePoints));

        Assert.Equal((30, 0, 0), await alice.Sums());
        var newest = (await alice.Entries())[0];
        Assert.Equal(("expiry", -60, 30), (newest.Text("causeKind"), newest.Whole("points"), newest.Whole("afterPoints")));
        Assert.Equal(4, (await alice.Entries()).Length);
    }

    [Fact]
    public async Task Every_later_month_ends_in_its_turn()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        for (var months = 1; months <= 3; months++) await api.Earn(alice, months, months * 10, months);

        foreach (var (month, left) in new[] { (5, 50), (6, 30), (7, 0) })
        {
            alice = await api.LogInAt("alice", China(2026, month, 1, 0, 1));
            await api.Fire(nameof(ExpirePoints));
            Assert.Equal(left, (await alice.Entries())[0].Whole("afterPoints"));
        }
    }

    [Fact]
    public async Task After_a_long_standstill_all_that_has_ended_goes_at_once()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        const int months = ExpiryRules.MonthsMax + 3;
        for (var month = 1; month <= months; month++) await api.Earn(alice, month, 10, month);

        alice = await api.LogInAt("alice", China(2028, 3, 2));
        await api.Fire(nameof(ExpirePoints));

        Assert.Equal(2 * months, (await alice.Entries()).Length);
        Assert.Equal(0, (await alice.Entries())[0].Whole("afterPoints"));
    }

    [Fact]
    public async Task Points_of_a_frozen_member_end_like_any_other()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100);
        await api.SetStatus(alice.MemberId, "frozen");

        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 1));
        await api.Fire(nameof(ExpirePoints));

        Assert.Equal(0, (await alice.Entries())[0].Whole("afterPoints"));
    }

    [Fact]
    public async Task Points_that_end_while_they_are_held_can_still_be_posted()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 4, 30, 23, 30));
        await api.Earn(alice, 1, 100, lotMonths: 0);
        await api.EarnUntil(alice, new Cause("test", "lot"), 60, China(2026, 5, 1));
        await api.Hold(alice, 2, 60);

        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 10));
        await api.Fire(nameof(ExpirePoints));
        Assert.Equal((100, 60, 0), await alice.Sums());
        Assert.Null((await api.PostHold(alice, 2)).Refusal);

        Assert.Equal((100, 0, 0), await alice.Sums());
    }

    [Fact]
    public async Task Voided_they_end_all_the_same()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 4, 30, 23, 30));
        await api.EarnUntil(alice, new Cause("test", "lot"), 60, China(2026, 5, 1));
        await api.Hold(alice, 2, 60);

        alice = await api.LogInAt("alice", China(2026, 5, 1, 0, 10));
        await api.VoidHold(alice, 2);
        Assert.Equal((0, 0, 0), await alice.Sums());
        api.Clock.MoveTo(China(2026, 5, 1, 0, 20));
        await api.Fire(nameof(ExpirePoints));

        Assert.Equal(["expiry", "test"], (await alice.Entries()).Select(entry => entry.Text("causeKind")));
        Assert.Equal(0, (await alice.Entries())[0].Whole("afterPoints"));
    }

    [Fact]
    public async Task A_hold_past_its_deadline_is_voided()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 2, 10));
        await api.Give(alice, 100);
        await api.Hold(alice, 1, 60, TimeSpan.FromMinutes(10));
        await api.Hold(alice, 2, 30, TimeSpan.FromMinutes(13));

        api.Clock.MoveTo(China(2026, 3, 2, 10, 9, 59));
        await api.Fire(nameof(VoidLapsedHolds));
        Assert.Equal((10, 90, 0), await alice.Sums());

        api.Clock.MoveTo(China(2026, 3, 2, 10, 10));
        Assert.Equal(PointsRefusals.HoldLapsed, (await api.PostHold(alice, 1)).Refusal);
        await api.Fire(nameof(VoidLapsedHolds));
        await api.Fire(nameof(VoidLapsedHolds));
        Assert.Equal((70, 30, 0), await alice.Sums());
        Assert.Equal(PointsRefusals.HoldVoided, (await api.PostHold(alice, 1)).Refusal);

        api.Clock.MoveTo(China(2026, 3, 2, 10, 13));
        await api.Fire(nameof(VoidLapsedHolds));
        Assert.Equal((100, 0, 0), await alice.Sums());
    }
}
