using Pond.Points;
using Pond.Tests.Members;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

[Rule("PTS-03")]
public sealed class HoldingPoints(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task What_is_held_cannot_be_spent_and_is_not_spent_yet()
    {
        var phone = await Owner(100);

        await api.Hold(phone, 1, 70);

        Assert.Equal((30, 70, 0), await phone.Sums());
        Assert.Equal(PointsRefusals.Insufficient, (await api.Spend(phone, 2, 31)).Refusal);
        Assert.Equal(PointsRefusals.Insufficient, (await api.Hold(phone, 2, 31)).Refusal);
        Assert.Equal([100], (await phone.Entries()).Select(entry => entry.Whole("points")));
    }

    [Fact]
    public async Task Posted_it_is_spent_for_good()
    {
        var phone = await Owner(100);
        await api.Hold(phone, 1, 70);

        await api.PostHold(phone, 1);
        var again = await api.PostHold(phone, 1);
        var late = await api.VoidHold(phone, 1);

        Assert.Empty(again.Facts);
        Assert.Null(again.Refusal);
        Assert.Equal(PointsRefusals.HoldPosted, late.Refusal);
        Assert.Equal(PointsRefusals.HoldPosted, (await api.Hold(phone, 1, 70)).Refusal);
        Assert.Equal((30, 0, 0), await phone.Sums());
        Assert.Equal([-70, 100], (await phone.Entries()).Select(entry => entry.Whole("points")));
    }

    [Fact]
    public async Task Voided_it_is_back_in_its_lots_and_no_line_of_the_ledger_was_needed()
    {
        var phone = await Owner(100);
        var before = await phone.Expiries();
        await api.Hold(phone, 1, 100);

        await api.VoidHold(phone, 1);
        var again = await api.VoidHold(phone, 1);
        var late = await api.PostHold(phone, 1);

        Assert.Null(again.Refusal);
        Assert.Equal(PointsRefusals.HoldVoided, late.Refusal);
        Assert.Equal((100, 0, 0), await phone.Sums());
        Assert.Equal(before, await phone.Expiries());
        Assert.Single(await phone.Entries());
    }

    [Fact]
    public async Task A_hold_asked_for_twice_is_one_hold()
    {
        var phone = await Owner(100);
        await api.Hold(phone, 1, 60);

        Assert.Null((await api.Hold(phone, 1, 60)).Refusal);
        Assert.Equal(PointsRefusals.CauseTaken, (await api.Hold(phone, 1, 61)).Refusal);
        Assert.Equal((40, 60, 0), await phone.Sums());
    }

    [Fact]
    public async Task What_was_never_held_is_neither_posted_nor_voided()
    {
        var phone = await Owner(100);

        Assert.Equal(PointsRefusals.HoldMissing, (await api.PostHold(phone, 1)).Refusal);
        Assert.Equal(PointsRefusals.HoldMissing, (await api.VoidHold(phone, 1)).Refusal);
    }

    [Fact]
    public async Task A_hold_has_a_deadline_within_bounds()
    {
        var phone = await Owner(100);

        foreach (var time in new[] { TimeSpan.Zero, HoldRules.LongestHold + TimeSpan.FromTicks(1) })
            Assert.Equal(PointsRefusals.HoldLength, (await api.Hold(phone, 1, 10, time)).Refusal);
        Assert.Null((await api.Hold(phone, 1, 10, HoldRules.LongestHold)).Refusal);
    }

    [Fact]
    public async Task A_member_holds_so_many_times_and_no_more()
    {
        var phone = await Owner(100);
        for (var order = 0; order < HoldRules.HoldsMax; order++) Assert.Null((await api.Hold(phone, order, 1)).Refusal);

        Assert.Equal(PointsRefusals.TooManyHolds, (await api.Hold(phone, HoldRules.HoldsMax, 1)).Refusal);
        await api.VoidHold(phone, 0);
        Assert.Null((await api.Hold(phone, HoldRules.HoldsMax, 1)).Refusal);
    }

    [Fact]
    public async Task Who_was_frozen_since_holds_nothing_new_but_what_is_held_ends_as_it_should()
    {
        var phone = await Owner(100);
        await api.Hold(phone, 1, 30);
        await api.Hold(phone, 2, 30);
        await api.SetStatus(phone.MemberId, "frozen");

        var another = await api.Hold(phone, 3, 30);
        var posted = await api.PostHold(phone, 1);
        var voided = await api.VoidHold(phone, 2);

        Assert.Equal("member.frozen", another.Refusal?.Code);
        Assert.Null(posted.Refusal);
        Assert.Null(voided.Refusal);
        Assert.Equal((70, 0, 0), await phone.Sums());
    }

    [Fact]
    [Rule("D01")]
    public async Task Of_two_orders_that_want_everything_at_once_one_gets_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var phone = await Owner(100);

            var decisions = await Task.WhenAll(api.Hold(phone, 1, 100), api.Hold(phone, 2, 100));

            Assert.Equal(PointsRefusals.Insufficient, Assert.Single(decisions, one => one.Refusal is not null).Refusal);
            Assert.Equal((0, 100, 0), await phone.Sums());
        }
    }

    [Fact]
    public async Task A_hundred_holds_at_once_never_hold_more_than_there_is()
    {
        var phone = await Owner(100);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 100).Select(order => api.Hold(phone, order, 7)));

        Assert.Equal(14, decisions.Count(decision => decision.Refusal is null)); // 14 × 7 = 98
        Assert.Equal((2, 98, 0), await phone.Sums());
    }

    [Fact]
    public async Task Posted_and_voided_at_once_it_becomes_one_of_them_and_everybody_is_told_which()
    {
        var phone = await Owner(100);
        await api.Hold(phone, 1, 60);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => i % 2 == 0 ? api.PostHold(phone, 1) : api.VoidHold(phone, 1)));

        var isPosted = decisions[0].Refusal is null;
        Assert.All(decisions.Index(), one => Assert.Equal(
            one.Index % 2 == 0
                ? isPosted ? null : PointsRefusals.HoldVoided
                : isPosted ? PointsRefusals.HoldPosted : null,
            one.Item.Refusal));
        Assert.Single(decisions, decision => decision.Facts.Count == 1);
        Assert.Equal((isPosted ? 40 : 100, 0, 0), await phone.Sums());
    }

    private async Task<Phone> Owner(long points)
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, points);
        return phone;
    }
}
