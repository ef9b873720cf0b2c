using Pond.GroupBuys;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Reminders;
using Pond.Touches;

namespace Pond.Tests.GroupBuys;

/// <summary>Who is in a group hears when it ends soon and is short, and what has become of it.</summary>
[Rule("TCH-06")]
public sealed class TellingOfGroups : IAsyncLifetime
{
    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Fact]
    public async Task When_the_last_seat_is_paid_everybody_in_it_hears_once_that_it_is_complete()
    {
        var buy = await api.GroupBuy(steps: (2, 0));
        var (leader, friend) = (await api.LogIn("leader"), await api.LogIn("friend"));
        var (groupId, _) = await leader.Led(buy);
        Assert.Empty(touches.Of(Occasion.GroupDone));
        await friend.Joined(groupId, buy);

        var told = touches.Of(Occasion.GroupDone);
        Assert.Equal(
            new[] { leader.MemberId, friend.MemberId }.Order(), told.Select(touch => touch.MemberId).Order());
        Assert.All(told, touch => Assert.Equal(
            (groupId, buy.ActivityId, "龙井", "¥30.00", "拼团成功，将尽快为您发货"),
            (touch.OccasionId, touch.PromotionId, touch.Values[TouchValues.Title], touch.Values[TouchValues.Amount],
                touch.Values[TouchValues.Remark])));
    }

    [Fact]
    public async Task Shortly_before_the_end_of_a_group_that_is_short_who_has_paid_hears_how_many_are_missing_once()
    {
        var buy = await api.GroupBuy();
        var (leader, friend, third) = (await api.LogIn("leader"), await api.LogIn("friend"), await api.LogIn("third"));
        var (groupId, _) = await leader.Led(buy);
        await friend.Joined(groupId, buy);

        api.Clock.MoveTo(HandClock.Start.AddHours(21.9));
        await api.Fire(nameof(EndGroups));
        Assert.Empty(touches.Of(Occasion.GroupEnding));
        api.Clock.MoveTo(HandClock.Start.AddHours(22).AddMinutes(2));
        third = await third.Refreshed();
        await third.Join(groupId, buy); // and has not paid
        foreach (var _ in new[] { 1, 2 }) await api.Fire(nameof(EndGroups));

        var told = touches.Of(Occasion.GroupEnding);
        Assert.Equal(
            new[] { leader.MemberId, friend.MemberId }.Order(), told.Select(touch => touch.MemberId).Order());
        Assert.All(told, touch => Assert.Equal(
            ($"pages/groups/detail?id={groupId}", "还差 1 人成团，快邀请好友", "2026年3月3日 12:00"),
            (touch.Page, touch.Values[TouchValues.Remark], touch.Values[TouchValues.EndsAt])));
        Assert.True(await touches.Stands(told[0]));
        Assert.False(await touches.Stands(told[0] with { MemberId = third.MemberId }));

        await api.LetGroupsEnd(TimeSpan.FromHours(2));
        Assert.False(await touches.Stands(told[0]));
        Assert.Equal(
            ["拼团未成功，款项原路退回"],
            touches.Of(Occasion.GroupDone, leader.MemberId).Select(touch => touch.Values[TouchValues.Remark]));
    }

    [Fact]
    public async Task Who_left_a_group_hears_nothing_and_one_that_is_large_enough_is_not_rushed()
    {
        var buy = await api.GroupBuy(steps: [(2, 0), (5, 500)]);
        var (leader, friend, gone) = (await api.LogIn("leader"), await api.LogIn("friend"), await api.LogIn("gone"));
        var (groupId, _) = await leader.Led(buy);
        await friend.Joined(groupId, buy);
        await gone.Joined(groupId, buy);
        (await gone.Post($"/api/groups/{groupId}/departure")).EnsureSuccessStatusCode();
        await api.PayBack();

        api.Clock.MoveTo(HandClock.Start.AddHours(22).AddMinutes(2));
        await api.Fire(nameof(EndGroups));
        await api.LetGroupsEnd(TimeSpan.FromHours(2));

        Assert.Empty(touches.Of(Occasion.GroupEnding));
        Assert.Equal(
            new[] { leader.MemberId, friend.MemberId }.Order(),
            touches.Of(Occasion.GroupDone).Select(touch => touch.MemberId).Order());
    }
}
