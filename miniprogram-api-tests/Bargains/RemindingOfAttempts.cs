using Pond.Bargains;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Reminders;
using Pond.Touches;
using static Pond.Tests.Bargains.BargainSteps;

namespace Pond.Tests.Bargains;

/// <summary>Whose attempt ends soon hears how far it is.</summary>
[Rule("TCH-06")]
public sealed class RemindingOfAttempts : IAsyncLifetime
{
    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Theory]
    [InlineData(1, "还差 1 刀到底价，快邀请好友")]
    [InlineData(2, "已砍到底价，请尽快下单")]
    public async Task Two_hours_before_its_end_the_owner_hears_once_of_what_is_left(int helps, string remark)
    {
        var (owner, attemptId) = await Begun();
        for (var i = 0; i < helps; i++) (await (await api.LogIn($"helper-{i}")).Help(attemptId)).EnsureSuccessStatusCode();

        await Look(hours: 21.9);
        Assert.Empty(touches.Of(Occasion.BargainEnding));
        await Look(hours: 22.1);
        await Look(hours: 22.2);

        var touch = Assert.Single(touches.Of(Occasion.BargainEnding));
        Assert.Equal(
            (owner.MemberId, $"pages/bargains/detail?id={attemptId}", remark, HandClock.Start.AddHours(24)),
            (touch.MemberId, touch.Page, touch.Values[TouchValues.Remark], touch.Until));
        Assert.True(await touches.Stands(touch));

        await Look(hours: 24.1);
        Assert.False(await touches.Stands(touch));
        Assert.Equal(AttemptState.Expired, (await api.StoredAttempt(attemptId)).State);
    }

    [Fact]
    public async Task What_is_ordered_by_then_needs_no_reminder()
    {
        var (owner, attemptId) = await Begun("buyAnyTime");
        (await owner.OrderAttempt(attemptId)).EnsureSuccessStatusCode();

        await Look(hours: 22.1);

        Assert.Empty(touches.Of(Occasion.BargainEnding));
    }

    private async Task<(Phone Owner, string AttemptId)> Begun(string mode = "floorOnly")
    {
        var id = await api.PublishBargain(api.Bargain(await api.Product(), cuts: 2, mode: mode).With("hours", 24));
        var owner = await api.LogIn("owner");
        return (owner, await owner.Attempt(id));
    }

    private async Task Look(double hours)
    {
        api.Clock.MoveTo(HandClock.Start.AddHours(hours));
        await api.Fire(nameof(ExpireAttempts));
    }
}
