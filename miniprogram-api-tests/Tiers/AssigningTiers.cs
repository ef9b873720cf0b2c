using System.Net;
using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tiers;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

[Rule("MBR-05")]
public sealed class AssigningTiers : IAsyncLifetime
{
    private MiniProgramApi api = null!;
    private Phone alice = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetProgramme();
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_tier_that_was_given_holds_until_its_end_and_then_the_earned_one_does()
    {
        await api.Grow(alice, 1_000);

        var answer = await api.Assign(alice.MemberId, "gold", Midnight(30));
        var page = await (await api.LogIn("alice")).Tier();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("gold", page.GetProperty("benefits").Text("code"));
        Assert.True(page.GetProperty("isGiven").GetBoolean());
        Assert.Equal(Midnight(30), page.GetProperty("validUntil").GetDateTimeOffset());

        api.Clock.MoveTo(Midnight(30).AddSeconds(-1));
        Assert.Equal("gold", await api.TierOf("alice"));
        api.Clock.MoveTo(Midnight(30));
        Assert.Equal("silver", await api.TierOf("alice"));
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await api.Fire(nameof(ReviewTiers));

        Assert.Equal(
            ["member>silver growth", "silver>gold manual", "gold>silver expiry"],
            await api.TierMoves(alice.MemberId));
        Assert.True(Ids.IsId((await api.TierChanges(alice.MemberId))[1].Text("actor")));
    }

    [Fact]
    public async Task Growth_that_comes_meanwhile_shows_when_it_ends()
    {
        await api.Assign(alice.MemberId, "silver", Midnight(30));
        await api.Grow(alice, 5_000);
        await api.Deliver();
        Assert.Equal("silver", await api.TierOf("alice"));

        api.Clock.MoveTo(Midnight(30).AddMinutes(1));
        await api.Fire(nameof(ReviewTiers));
        await api.Deliver();

        Assert.Equal("gold", await api.TierOf("alice"));
        Assert.Equal(["member>silver manual", "silver>gold expiry"], await api.TierMoves(alice.MemberId));
        Assert.Equal([500, 100], (await api.PointsGiven("alice")).OrderDescending());
    }

    [Fact, Rule("MBR-03")]
    public async Task The_same_again_changes_nothing_and_another_end_brings_nothing_more()
    {
        await api.Assign(alice.MemberId, "gold", Midnight(30));
        await api.Assign(alice.MemberId, "gold", Midnight(30));
        await api.Assign(alice.MemberId, "gold", Midnight(60));
        await api.Deliver();

        Assert.Equal(["member>gold manual", "gold>gold manual"], await api.TierMoves(alice.MemberId));
        Assert.Equal([500], await api.PointsGiven("alice"));
    }

    [Fact]
    public async Task It_is_refused_without_a_tier_or_an_end_ahead()
    {
        Assert.Equal("tiers.missing", await (await api.Assign(alice.MemberId, "black", Midnight(30))).Code());
        Assert.Equal("tiers.until", await (await api.Assign(alice.MemberId, "gold", HandClock.Start)).Code());
        Assert.Equal("member.missing", await (await api.Assign(new Ids().Next(), "gold", Midnight(30))).Code());
        Assert.Equal("request.invalid", await (await api.Assign(alice.MemberId, "gold", Midnight(30), "")).Code());
        Assert.Empty(await api.TierChanges(alice.MemberId));
    }

    [Fact, Rule("ADM-03")]
    public async Task It_is_audited_with_the_reason()
    {
        await api.Assign(alice.MemberId, "gold", Midnight(30), "年度体验官");
        await api.Assign(alice.MemberId, "gold", Midnight(30), "年度体验官");
        await api.Deliver();

        var act = Assert.Single(await api.AuditOf(alice.MemberId));
        Assert.Equal(("member.tier", "member", "年度体验官"), (act.Text("action"), act.Text("before"), act.Text("reason")));
        Assert.StartsWith("gold until 2026-04-01T00:00:00", act.Text("after"), StringComparison.Ordinal);
    }
}
