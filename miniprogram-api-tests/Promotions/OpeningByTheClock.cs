using Pond.Tests.Coupons;
using Pond.Tests.Pricing;

namespace Pond.Tests.Promotions;

/// <summary>Two processes over one store, in which no timer ever runs and no message is delivered.</summary>
public sealed class OpeningByTheClock : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("pond-test-").FullName;
    private MiniProgramApi here = null!;
    private MiniProgramApi there = null!;

    public async Task InitializeAsync()
    {
        here = await MiniProgramApi.Start(dataPath: data);
        there = await MiniProgramApi.Start(dataPath: data, weChat: (here.Sandbox, here.Clock));
    }

    public async Task DisposeAsync()
    {
        await there.DisposeAsync();
        await here.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact, Rule("CMP-01"), Rule("CMP-02")]
    public async Task It_opens_and_closes_at_its_instant_in_every_process()
    {
        var (startsAt, endsAt) = (HandClock.Start.AddHours(1), HandClock.Start.AddHours(2));
        var plan = here.Plan().With("startsAt", startsAt).With("endsAt", endsAt);
        var (id, templateId) = await here.Coupons(plan);
        Assert.Equal("scheduled", (await there.PlanOf(id)).Text("phase"));

        await AtBoth(startsAt.AddTicks(-1), templateId, "promotion.not_open", "alice", "bob");
        await AtBoth(startsAt, templateId, null, "alice", "bob");
        Assert.Equal("live", (await here.PlanOf(id)).Text("phase"));
        await AtBoth(endsAt.AddTicks(-1), templateId, null, "carol", "dan");
        await AtBoth(endsAt, templateId, "promotion.ended", "eve", "frank");
        Assert.Equal("ended", (await there.PlanOf(id)).Text("phase"));
        Assert.Equal((4, 6), await here.StockOf(templateId));
    }

    [Fact, Rule("CMP-02")]
    public async Task It_opens_and_closes_at_its_hours_of_a_night_too()
    {
        // Monday noon; open on Mondays from ten in the evening until two.
        var plan = here.Plan().With("hours", new[] { new { weekdays = new[] { "monday" }, fromHour = 22, untilHour = 2 } });
        var (id, templateId) = await here.Coupons(plan);
        var tonight = HandClock.Start.AddHours(10);

        await AtBoth(HandClock.Start, templateId, "promotion.not_open", "alice", "bob");
        Assert.Equal(tonight, (await here.PlanOf(id)).GetProperty("nextChangeAt").GetDateTimeOffset());
        await AtBoth(tonight, templateId, null, "alice", "bob");
        await AtBoth(tonight.AddHours(4).AddTicks(-1), templateId, null, "carol", "dan");
        await AtBoth(tonight.AddHours(4), templateId, "promotion.not_open", "eve", "frank");
        Assert.Equal("resting", (await there.PlanOf(id)).Text("phase"));
        await AtBoth(tonight.AddDays(1), templateId, "promotion.not_open", "eve", "frank");
    }

    [Fact, Rule("CMP-01")]
    public async Task A_pause_stops_the_next_claim_in_every_process()
    {
        var (id, templateId) = await here.Coupons();
        await AtBoth(HandClock.Start, templateId, null, "alice", "bob");

        await here.SetStage(id, "paused");
        await AtBoth(HandClock.Start, templateId, "promotion.paused", "carol", "dan");
        await there.SetStage(id, "approved");
        await AtBoth(HandClock.Start, templateId, null, "carol", "dan");
        await there.SetStage(id, "ended");
        await AtBoth(HandClock.Start, templateId, "promotion.ended", "eve", "frank");
    }

    private async Task AtBoth(
        DateTimeOffset instant, string templateId, string? whyNot, string oneHere, string oneThere)
    {
        here.Clock.MoveTo(instant);
        Assert.Equal(whyNot, await (await here.LogIn(oneHere)).TryClaim(templateId));
        Assert.Equal(whyNot, await (await there.LogIn(oneThere)).TryClaim(templateId));
    }
}
