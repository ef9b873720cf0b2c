using System.Net;
using Pond.Coupons;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Pricing;
using Pond.Touches;

namespace Pond.Tests.Members;

[Rule("AUTH-03")]
public class FreezingAndBanning(SharedApi shared) : IClassFixture<SharedApi>
{
    /// <summary>What does not only look and still is open to a frozen member: none of it moves value.</summary>
    private static readonly string[] OpenToFrozen =
        [
            nameof(EndSession), nameof(ChangeConsents), nameof(SilenceOccasions), nameof(AdviseCoupons), nameof(QuoteCart),
        ];

    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_frozen_member_may_look_at_everything()
    {
        var phone = await FrozenNewcomer();
        foreach (var endpoint in Endpoint.Of(CallerKind.Member).Where(endpoint => endpoint.Method == HttpMethod.Get))
        {
            var answer = await phone.Get(endpoint.Path(new Ids().Next()));
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{endpoint}: {answer.StatusCode}");
        }

        Assert.Equal("frozen", (await (await phone.Get("/api/me")).Json()).Text("status"));
    }

    [Fact]
    public async Task A_frozen_member_changes_nothing()
    {
        var phone = await FrozenNewcomer();
        var changing = Endpoint.Of(CallerKind.Member)
            .Where(endpoint => endpoint.Method != HttpMethod.Get && !OpenToFrozen.Contains(endpoint.Function));
        foreach (var endpoint in changing)
        {
            var answer = await phone.Send(endpoint.Method, endpoint.Path(new Ids().Next()), key: Phone.NewKey());
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{endpoint}: {answer.StatusCode}");
            Assert.Equal("member.frozen", await answer.Code());
        }
    }

    [Fact]
    public async Task A_frozen_member_logs_in_refreshes_and_signs_out()
    {
        var phone = await api.LogIn("frosty");
        await api.SetStatus(phone.MemberId, "frozen");

        var again = await api.LogIn("frosty");
        var refreshed = await phone.Refreshed();

        Assert.Equal(HttpStatusCode.OK, (await again.Get("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await refreshed.Get("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await refreshed.Delete("/api/session")).StatusCode);
    }

    [Fact, Rule("D15")]
    public async Task A_banned_member_is_turned_away_on_every_route()
    {
        var phone = await shared.Newcomer();
        await api.SetStatus(phone.MemberId, "banned");
        foreach (var endpoint in Endpoint.Of(CallerKind.Member))
        {
            var answer = await phone.Send(endpoint.Method, endpoint.Path(new Ids().Next()), key: Phone.NewKey());
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{endpoint}: {answer.StatusCode}");
            Assert.Equal("member.banned", await answer.Code());
        }
    }

    [Fact, Rule("D15")]
    public async Task A_banned_member_neither_logs_in_nor_refreshes()
    {
        var phone = await api.LogIn("villain");
        await api.SetStatus(phone.MemberId, "banned");

        await AssertBanned(await api.LogInWith(api.Sandbox.Codes.Issue("villain")));
        await AssertBanned(await api.Refresh(phone.RefreshToken));
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    public async Task A_restored_member_may_do_everything_again(string status)
    {
        var phone = await shared.Newcomer();
        await api.SetStatus(phone.MemberId, status);
        await api.SetStatus(phone.MemberId, "active");

        Assert.Equal(HttpStatusCode.Created, (await phone.Post("/api/me/check-ins")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await phone.Refreshed()).Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_deleted_by_an_operator()
    {
        var phone = await shared.Newcomer();

        var answer = await api.SetStatus(phone.MemberId, "deleted");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("member.status_edge", await answer.Code());
    }

    [Fact]
    public async Task A_member_who_is_not_there_is_not_found()
    {
        foreach (var memberId in new[] { new Ids().Next(), "nobody", "m:1" })
        {
            var answer = await api.SetStatus(memberId, "frozen");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("member.missing", await answer.Code());
        }
    }

    [Fact]
    public async Task A_change_of_status_is_audited_and_a_repeat_is_not()
    {
        var phone = await shared.Newcomer();
        await api.SetStatus(phone.MemberId, "frozen", "刷券");
        await api.SetStatus(phone.MemberId, "frozen", "刷券");
        await api.SetStatus(phone.MemberId, "banned", "还在刷券");
        await api.Deliver();

        var lines = await api.AuditOf(phone.MemberId);

        Assert.Equal(
            [("member.status", "active", "frozen", "刷券"), ("member.status", "frozen", "banned", "还在刷券")],
            lines.Select(line => (line.Text("action"), line.Text("before"), line.Text("after"), line.Text("reason"))));
        Assert.All(lines, line => Assert.True(Ids.IsId(line.Text("operatorId"))));
    }

    private async Task<Phone> FrozenNewcomer()
    {
        var phone = await shared.Newcomer();
        (await api.SetStatus(phone.MemberId, "frozen")).EnsureSuccessStatusCode();
        return phone;
    }

    private static async Task AssertBanned(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("member.banned", await answer.Code());
    }
}
