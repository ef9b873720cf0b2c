using System.Net;
using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tests.Points;
using Pond.Tiers;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

public sealed class GrowingIntoTiers : IAsyncLifetime
{
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetProgramme();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact, Rule("MBR-01")]
    public async Task Growth_has_a_ledger_of_its_own_which_points_do_not_touch()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 700);
        await api.Grow(alice, 400);
        await api.Give(alice, 90);
        await api.Adjust(alice.MemberId, -90);
        await api.Grow(alice, -50);

        var entries = await alice.GrowthEntries();

        Assert.Equal(
            [(3, -50, 1_050), (2, 400, 1_100), (1, 700, 700)],
            entries.Select(entry => (entry.Whole("seq"), entry.Whole("growth"), entry.Whole("afterGrowth"))));
        Assert.All(entries, entry => Assert.Equal("adjustment", entry.Text("causeKind")));
        Assert.Equal("silver", await api.TierOf("alice"));
    }

    [Fact, Rule("MBR-01")]
    public async Task The_same_key_books_once_and_with_another_amount_it_is_refused()
    {
        var alice = await api.LogIn("alice");
        var key = Phone.NewKey();

        var first = await api.AdjustGrowth(alice.MemberId, 30, key: key);
        await api.Grow(alice, 5);
        var again = await api.AdjustGrowth(alice.MemberId, 30, key: key);
        var other = await api.AdjustGrowth(alice.MemberId, 31, key: key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("idempotency.key_reused", await other.Code());
        Assert.Equal(35, (await alice.Tier()).Whole("totalGrowth"));
    }

    [Theory, Rule("MBR-01")]
    [InlineData(0, "growth.zero")]
    [InlineData(-101, "growth.insufficient")]
    [InlineData(GrowthRules.GrowthPerBookingMax + 1, "request.invalid")]
    public async Task What_cannot_be_booked_changes_nothing(long growth, string code)
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 100);

        Assert.Equal(code, await (await api.AdjustGrowth(alice.MemberId, growth)).Code());
        Assert.Equal("member.missing", await (await api.AdjustGrowth(new Ids().Next(), 10)).Code());
        Assert.Equal(100, (await alice.Tier()).Whole("totalGrowth"));
    }

    [Fact, Rule("MBR-01"), Rule("ADM-03")]
    public async Task An_adjustment_is_audited_with_before_and_after()
    {
        var alice = await api.LogIn("alice");
        await api.AdjustGrowth(alice.MemberId, 80, "线下消费");
        await api.AdjustGrowth(alice.MemberId, -30, "退货");
        await api.Deliver();

        Assert.Equal(
            [("growth.adjust", "0", "80", "线下消费"), ("growth.adjust", "80", "50", "退货")],
            (await api.AuditOf(alice.MemberId)).Select(
                act => (act.Text("action"), act.Text("before"), act.Text("after"), act.Text("reason"))));
    }

    [Fact, Rule("MBR-03"), Rule("MBR-04")]
    public async Task Growth_past_a_threshold_lifts_at_once_and_begins_a_new_validity()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 999);
        Assert.Equal("member", await api.TierOf("alice"));
        await api.Grow(alice, 1);
        Assert.Equal("silver", await api.TierOf("alice"));
        api.Clock.Advance(TimeSpan.FromDays(100));
        await api.Grow(alice, 4_000);
        Assert.Equal("gold", await api.TierOf("alice"));

        var changes = await api.TierChanges(alice.MemberId);
        Assert.Equal(["member>silver growth", "silver>gold growth"], await api.TierMoves(alice.MemberId));
        Assert.Equal([1, 2], changes.Select(change => change.Whole("seq")));
        Assert.Equal(
            [Midnight(365), Midnight(465)],
            changes.Select(change => change.GetProperty("validTo").GetDateTimeOffset()));
        Assert.All(changes, change => Assert.Null(change.GetProperty("actor").GetString()));
    }

    [Fact, Rule("MBR-03")]
    public async Task Whoever_jumps_over_a_tier_is_in_the_higher_one_and_gets_what_that_one_brings()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 6_000);
        await api.Deliver();

        Assert.Equal(["member>gold growth"], await api.TierMoves(alice.MemberId));
        Assert.Equal([500], await api.PointsGiven("alice"));
    }

    [Fact, Rule("MBR-03")]
    public async Task What_entering_brings_comes_once_however_often_the_message_comes()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 1_000);

        var waiting = await api.DeliverThrice(seed: 1);
        await api.DeliverAsIfNeverRemoved(waiting, seed: 2);

        Assert.Equal([100], await api.PointsGiven("alice"));
    }

    [Fact, Rule("MBR-03")]
    public async Task Coming_back_within_a_validity_brings_nothing_and_after_its_end_it_does()
    {
        await api.SetProgramme(Programme(windowDays: 0, returns: "atOnce", version: 1));
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 1_000);
        await api.Grow(alice, -300);
        Assert.Equal("member", await api.TierOf("alice"));
        api.Clock.MoveTo(Midnight(365).AddSeconds(-1));
        await api.Grow(alice, 300);
        await api.Grow(alice, -300);
        await api.Deliver();
        Assert.Equal([100], await api.PointsGiven("alice"));

        api.Clock.MoveTo(Midnight(364 + 365));
        await api.Grow(alice, 300);
        await api.Deliver();

        Assert.Equal([100, 100], await api.PointsGiven("alice"));
        Assert.Equal(
            [
                "member>silver growth", "silver>member return", "member>silver growth", "silver>member return",
                "member>silver growth",
            ],
            await api.TierMoves(alice.MemberId));
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    [Rule("AUTH-03")]
    public async Task A_member_who_is_not_active_gets_nothing(string status)
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 999);
        await api.SetStatus(alice.MemberId, status);

        var grown = await api.AdjustGrowth(alice.MemberId, 1);
        var assigned = await api.Assign(alice.MemberId, "gold", Midnight(9));

        Assert.Equal(HttpStatusCode.Forbidden, grown.StatusCode);
        Assert.Equal("member." + status, await grown.Code());
        Assert.Equal("member." + status, await assigned.Code());
        Assert.Empty(await api.TierChanges(alice.MemberId));
    }

    [Fact, Rule("AUTH-03")]
    public async Task Who_was_frozen_before_the_points_came_does_not_get_them()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 1_000);
        await api.SetStatus(alice.MemberId, "frozen");
        await api.Deliver();
        await api.SetStatus(alice.MemberId, "active");
        await api.Deliver();

        Assert.Empty(await api.PointsGiven("alice"));
    }

    [Fact, Rule("MBR-02")]
    public async Task The_page_tells_tier_benefits_and_what_is_missing()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 900);
        alice = await api.LogInAt("alice", Midnight(40));
        await api.Grow(alice, 300);

        var page = await alice.Tier();

        var benefits = page.GetProperty("benefits");
        Assert.Equal(
            ("silver", 100, 11_000, 1),
            (benefits.Text("code"), benefits.Whole("discountBp"), benefits.Whole("pointsMultiplierBp"),
                benefits.Whole("programmeVersion")));
        Assert.Equal((1_200, 1_200), (page.Whole("growth"), page.Whole("totalGrowth")));
        Assert.Equal(Midnight(40 + 365), page.GetProperty("validUntil").GetDateTimeOffset());
        Assert.Equal(("gold", 3_800), Missing(page.GetProperty("next")));
        Assert.Equal(("silver", 800), Missing(page.GetProperty("keep"))); // all of it ceases before the review
        Assert.Equal(
            [(Midnight(365), 900), (Midnight(405), 300)],
            page.GetProperty("expiries").EnumerateArray()
                .Select(expiry => (expiry.GetProperty("by").GetDateTimeOffset(), expiry.Whole("growth"))));
    }

    [Fact, Rule("MBR-02")]
    public async Task Without_a_programme_growth_is_kept_and_nobody_has_a_tier()
    {
        await using var bare = await MiniProgramApi.Start();
        var alice = await bare.LogIn("alice");
        await bare.Grow(alice, 7_000);
        Assert.Null(await bare.TierOf("alice"));

        await bare.SetProgramme();
        Assert.Equal("member", await bare.TierOf("alice"));
        await bare.Grow(alice, 1);

        Assert.Equal("gold", await bare.TierOf("alice"));
    }

    private static (string Code, long Growth) Missing(System.Text.Json.JsonElement goal) =>
        (goal.Text("code"), goal.Whole("missingGrowth"));
}
