using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tests.Points;
using Pond.Tiers;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

[Rule("MBR-04")]
public sealed class ReviewingTiers : IAsyncLifetime
{
    private MiniProgramApi api = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetProgramme();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact, Rule("D14")]
    public async Task A_tier_is_held_through_its_grace_and_falls_a_step_when_its_growth_has_ceased_to_count()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);

        await Review(Midnight(365 + 7).AddSeconds(-1));
        Assert.Equal("gold", await api.TierOf("alice"));
        await Review(Midnight(365 + 7).AddMinutes(1));
        Assert.Equal("silver", await api.TierOf("alice"));
        await Review(Midnight(365 + 7 + 365 + 7).AddMinutes(1));
        Assert.Equal("member", await api.TierOf("alice"));
        await Review(Midnight(5_000));

        Assert.Equal(
            ["member>gold growth", "gold>silver expiry", "silver>member expiry"],
            await api.TierMoves(alice.MemberId));
        Assert.Equal(
            [Midnight(365), Midnight(372 + 365), null],
            (await api.TierChanges(alice.MemberId)).Select(change => change.GetProperty("validTo") is
            { ValueKind: System.Text.Json.JsonValueKind.String } end ? end.GetDateTimeOffset() : (DateTimeOffset?)null));
    }

    [Fact]
    public async Task Enough_growth_keeps_it_for_another_validity_without_what_entering_brings()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);
        api.Clock.MoveTo(Midnight(200));
        await api.Grow(alice, 4_000);

        await Review(Midnight(372).AddMinutes(1));
        await api.Deliver();

        Assert.Equal(["member>gold growth", "gold>gold expiry"], await api.TierMoves(alice.MemberId));
        Assert.Equal(
            Midnight(365 + 365),
            (await (await api.LogIn("alice")).Tier()).GetProperty("validUntil").GetDateTimeOffset());
        Assert.Equal([500], await api.PointsGiven("alice"));
    }

    [Theory]
    [InlineData("none", "gold")]
    [InlineData("oneStep", "silver")]
    [InlineData("recompute", "member")]
    public async Task Where_it_falls_is_the_programme_s_choice(string downgrade, string left)
    {
        var programme = Programme(version: 1);
        programme.TierOf(2)["downgrade"] = downgrade;
        await api.PutProgramme(programme);
        await api.Grow(await api.LogIn("alice"), 5_000);

        await Review(Midnight(372).AddMinutes(1));

        Assert.Equal(left, await api.TierOf("alice"));
    }

    [Fact]
    public async Task What_a_shopper_sees_does_not_wait_for_the_review()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);

        api.Clock.MoveTo(Midnight(372));

        Assert.Equal("silver", await api.TierOf("alice"));
        Assert.Single(await api.TierMoves(alice.MemberId));
        await api.Grow(alice, 1);
        Assert.Equal(["member>gold growth", "gold>silver expiry"], await api.TierMoves(alice.MemberId));
    }

    [Fact]
    public async Task The_member_can_be_warned_thirty_and_seven_days_before_once_each()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);
        foreach (var daysLeft in new[] { 31, 30, 30, 29, 8, 7, 6, 0, -3 })
        {
            await Review(Midnight(365 - daysLeft).AddMinutes(1));
            await Review(Midnight(365 - daysLeft).AddMinutes(9));
        }

        Assert.Equal(
            [(30, "gold", 4_000, Midnight(365)), (7, "gold", 4_000, Midnight(365))],
            Notices().OrderByDescending(notice => notice.DaysLeft)
                .Select(notice => (notice.DaysLeft, notice.Code, notice.MissingGrowth, notice.ValidTo)));
    }

    [Fact]
    public async Task Nobody_is_warned_of_a_tier_that_is_as_good_as_kept()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);
        await api.Grow(await api.LogIn("bob"), 1);
        api.Clock.MoveTo(Midnight(100));
        await api.Grow(alice, 4_000);

        for (var day = 330; day < 366; day++) await Review(Midnight(day).AddMinutes(1));

        Assert.Empty(Notices());
    }

    [Fact]
    public async Task A_tier_of_a_frozen_member_ends_like_any_other()
    {
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);
        await api.SetStatus(alice.MemberId, "frozen");

        await Review(Midnight(372).AddMinutes(1));

        Assert.Equal(["member>gold growth", "gold>silver expiry"], await api.TierMoves(alice.MemberId));
    }

    [Fact]
    public async Task A_hundred_reviews_at_once_have_one_effect()
    {
        var shoppers = Enumerable.Range(0, 8).Select(i => $"shopper-{i}").ToArray();
        var phones = await Task.WhenAll(shoppers.Select(api.LogIn));
        foreach (var phone in phones) await api.Grow(phone, 5_000);

        api.Clock.MoveTo(Midnight(372).AddMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => api.Fire(nameof(ReviewTiers))));

        foreach (var phone in phones)
            Assert.Equal(["member>gold growth", "gold>silver expiry"], await api.TierMoves(phone.MemberId));
    }

    private async Task Review(DateTimeOffset instant)
    {
        api.Clock.MoveTo(instant);
        await api.Fire(nameof(ReviewTiers));
    }

    private IEnumerable<TierAboutToLapse> Notices() => StoredRow.All(api)
        .Where(row => row.Key.StartsWith(TierRows.NoticePrefix + ":", StringComparison.Ordinal))
        .Select(row => Stored.Read<TierAboutToLapse>(row.Data));
}
