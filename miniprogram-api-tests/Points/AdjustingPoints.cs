using System.Net;
using Pond.Platform;
using Pond.Points;
using Pond.Tests.Members;

namespace Pond.Tests.Points;

public class AdjustingPoints(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Points_given_are_there_at_once()
    {
        var phone = await shared.Newcomer();

        var answer = await api.Adjust(phone.MemberId, 120);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var adjusted = await answer.Json();
        Assert.Equal((phone.MemberId, 120, 120),
            (adjusted.Text("memberId"), adjusted.Whole("points"), adjusted.Whole("afterPoints")));
        Assert.Equal(120, await phone.SpendablePoints());
    }

    [Fact, Rule("PTS-03"), Rule("PTS-09"), Rule("D01")]
    public async Task A_spend_takes_all_or_nothing()
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, 100);

        var tooMuch = await api.Adjust(phone.MemberId, -101);
        var exact = await api.Adjust(phone.MemberId, -100);
        var more = await api.Adjust(phone.MemberId, -1);

        Assert.Equal(HttpStatusCode.Conflict, tooMuch.StatusCode);
        Assert.Equal("points.insufficient", await tooMuch.Code());
        Assert.Equal(0, (await exact.Json()).Whole("afterPoints"));
        Assert.Equal("points.insufficient", await more.Code());
        Assert.Equal(0, await phone.SpendablePoints());
        Assert.Equal([-100, 100], (await phone.Entries()).Select(entry => entry.Whole("points")));
    }

    [Theory]
    [InlineData(0, "points.zero")]
    [InlineData(PointsRules.PointsPerBookingMax + 1, "request.invalid")]
    [InlineData(-PointsRules.PointsPerBookingMax - 1, "request.invalid")]
    public async Task An_amount_out_of_bounds_is_refused(long points, string code)
    {
        var phone = await shared.Newcomer();

        var answer = await api.Adjust(phone.MemberId, points);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await answer.Code());
        Assert.Empty(await phone.Entries());
    }

    [Fact]
    public async Task Nobody_who_is_not_there_gets_points()
    {
        foreach (var memberId in new[] { new Ids().Next(), "nobody-nobody-nobody-nobody" })
        {
            var answer = await api.Adjust(memberId, 10);
            Assert.False(answer.IsSuccessStatusCode);
        }

        Assert.Equal("member.missing", await (await api.Adjust(new Ids().Next(), 10)).Code());
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    [Rule("AUTH-03")]
    public async Task A_member_who_is_not_active_neither_gets_nor_spends_points(string status)
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, 50);
        await api.SetStatus(phone.MemberId, status);

        var given = await api.Adjust(phone.MemberId, 10);
        var taken = await api.Adjust(phone.MemberId, -10);
        await api.SetStatus(phone.MemberId, "active");

        Assert.Equal(HttpStatusCode.Forbidden, given.StatusCode);
        Assert.Equal("member." + status, await given.Code());
        Assert.Equal("member." + status, await taken.Code());
        Assert.Equal(50, await phone.SpendablePoints());
    }

    [Fact, Rule("PTS-02")]
    public async Task The_same_key_moves_points_once_and_answers_the_same()
    {
        var phone = await shared.Newcomer();
        var key = Phone.NewKey();

        var first = await api.Adjust(phone.MemberId, 30, key: key);
        await api.Give(phone, 5);
        var again = await api.Adjust(phone.MemberId, 30, key: key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(35, await phone.SpendablePoints());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var phone = await shared.Newcomer();
        var key = Phone.NewKey();
        await api.Adjust(phone.MemberId, 30, "first", key);

        foreach (var answer in new[]
        {
            await api.Adjust(phone.MemberId, 31, "first", key),
            await api.Adjust(phone.MemberId, -30, "first", key),
            await api.Adjust(phone.MemberId, 30, "second", key),
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal("idempotency.key_reused", await answer.Code());
        }

        Assert.Equal(30, await phone.SpendablePoints());
    }

    [Fact]
    public async Task Twenty_copies_of_one_request_at_once_move_points_once()
    {
        var phone = await shared.Newcomer();
        var key = Phone.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Adjust(phone.MemberId, 30, key: key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(30, await phone.SpendablePoints());
    }

    [Fact, Rule("PTS-09")]
    public async Task An_adjustment_is_audited_with_before_and_after()
    {
        var phone = await shared.Newcomer();
        await api.Adjust(phone.MemberId, 80, "迟到的赔礼");
        await api.Adjust(phone.MemberId, -30, "换了一把雨伞");
        await api.Adjust(phone.MemberId, -1_000, "太多了");
        await api.Deliver();

        var lines = await api.AuditOf(phone.MemberId);

        Assert.Equal(
            [("0", "80", "迟到的赔礼"), ("80", "50", "换了一把雨伞")],
            lines.Select(line => (line.Text("before"), line.Text("after"), line.Text("reason"))));
        Assert.All(lines, line => Assert.Equal("points.adjust", line.Text("action")));
    }
}
