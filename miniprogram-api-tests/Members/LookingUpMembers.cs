using System.Net;
using Pond.Platform;
using Pond.Tests.Coupons;
using Pond.Tests.Points;

namespace Pond.Tests.Members;

[Rule("ADM-04")]
public sealed class LookingUpMembers
{
    [Fact]
    public async Task Service_sees_what_a_member_has_and_not_who_they_are()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        await alice.Put("/api/me", new { nickname = "小池的朋友", birthday = "2000-02-29" });
        await api.Give(alice, 120);
        var templateId = await api.PublishTemplate(stock: 5, perMember: 2);
        await alice.Post(CouponSteps.ClaimsOf(templateId));
        await alice.Post(CouponSteps.ClaimsOf(templateId));
        await api.Deliver();

        var answer = await api.Operator().Get(PathOf(alice.MemberId));
        var seen = await answer.Json();

        Assert.Equal(
            (alice.MemberId, "active", "小*", 120, 2),
            (seen.Text("memberId"), seen.Text("status"), seen.Text("nickname"), seen.Whole("spendablePoints"),
                seen.Whole("coupons")));
        Assert.Equal(HandClock.Start, seen.GetProperty("registeredAt").GetDateTimeOffset());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.All(["池", "2000-02-29"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("池", "池*")]
    [InlineData("👩‍🌾农家", "👩‍🌾*")]
    [InlineData(null, null)]
    public async Task A_nickname_shows_its_first_character_and_not_how_long_it_is(string? nickname, string? seen)
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        if (nickname is not null) await alice.Put("/api/me", new { nickname });

        var member = await (await api.Operator().Get(PathOf(alice.MemberId))).Json();

        Assert.Equal(seen, member.GetProperty("nickname").GetString());
    }

    [Fact]
    public async Task What_has_ended_is_not_counted()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        await api.Give(alice, 120);
        await alice.Post(CouponSteps.ClaimsOf(await api.PublishTemplate(stock: 5)));
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromDays(800));

        var member = await (await api.Operator().Get(PathOf(alice.MemberId))).Json();

        Assert.Equal((0, 0), (member.Whole("spendablePoints"), member.Whole("coupons")));
    }

    [Fact]
    public async Task A_member_who_is_not_there_is_not_found()
    {
        await using var api = await MiniProgramApi.Start();
        foreach (var id in new[] { new Ids().Next(), "nobody", "m:1" })
        {
            var answer = await api.Operator().Get(PathOf(id));
            Assert.Equal((HttpStatusCode.NotFound, "member.missing"), (answer.StatusCode, await answer.Code()));
        }
    }

    private static string PathOf(string memberId) => $"/api/operator/members/{memberId}";
}
