using System.Net;
using Pond.Platform;
using Pond.Points;
using Pond.Tests.Members;
using Pond.Tests.Operators;

namespace Pond.Tests.Points;

[Rule("ADM-02")]
public class ApprovingAdjustments(SharedApi shared) : IClassFixture<SharedApi>
{
    private const long Limit = 10_000;

    private readonly MiniProgramApi api = shared.Api;

    [Theory, InlineData(Limit, true), InlineData(Limit + 1, false)]
    public async Task What_is_over_the_limit_waits_and_what_is_not_is_booked_at_once(long points, bool isBooked)
    {
        var phone = await shared.Newcomer();

        var answer = await api.Adjust(phone.MemberId, points);

        Assert.Equal(isBooked ? HttpStatusCode.Created : HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(isBooked ? points : 0, await phone.SpendablePoints());
        if (!isBooked) Assert.Equal("waiting", (await answer.Json()).Text("state"));
    }

    [Fact, Rule("PTS-09")]
    public async Task Another_operator_approves_and_the_points_are_there_with_both_in_the_audit()
    {
        var phone = await shared.Newcomer();
        var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
        await api.Deliver();
        Assert.Contains(id, await api.Waiting());
        var finance = await api.OperatorWith("finance");

        var approved = await finance.Approve(id);

        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.Equal("approved", (await approved.Json()).Text("state"));
        Assert.Equal(20_000, await phone.SpendablePoints());
        await api.Deliver();
        Assert.DoesNotContain(id, await api.Waiting());
        Assert.Equal(
            [("points.adjust_ask", "20000"), ("points.adjust_decide", "approved")],
            (await api.AuditOf(id)).Select(line => (line.Text("action"), line.Text("after"))));
        var booked = Assert.Single(await api.AuditOf(phone.MemberId));
        Assert.Equal(
            ("points.adjust", "年度答谢", "20000"), (booked.Text("action"), booked.Text("reason"), booked.Text("after")));
        Assert.Equal(2, (await api.AuditOf(id)).Select(line => line.Text("operatorId")).Distinct().Count());
        Assert.Equal((await api.AuditOf(id))[0].Text("operatorId"), booked.Text("operatorId"));
    }

    [Fact]
    public async Task Who_asked_does_not_approve_not_even_an_owner_and_may_take_it_back()
    {
        var phone = await shared.Newcomer();
        foreach (var role in new[] { "owner", "finance" })
        {
            var maker = await api.OperatorWith(role);
            var id = (await api.AskFor(phone, 20_000, maker)).Text("adjustmentId");

            var own = await maker.Approve(id);
            var back = await maker.Reject(id);

            Assert.Equal((HttpStatusCode.Forbidden, "points.adjustment_own"), (own.StatusCode, await own.Code()));
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        }

        Assert.Empty(await phone.Entries());
    }

    [Fact]
    public async Task What_is_decided_stays_decided()
    {
        var (phone, finance) = (await shared.Newcomer(), await api.OperatorWith("finance"));
        var (yes, no) = ((await api.AskFor(phone, 20_000)).Text("adjustmentId"), (await api.AskFor(phone, 30_000)).Text("adjustmentId"));
        Assert.Equal(HttpStatusCode.OK, (await finance.Approve(yes)).StatusCode);
        Assert.Equal("rejected", (await (await finance.Reject(no)).Json()).Text("state"));

        foreach (var late in new[]
        {
            await finance.Approve(yes), await finance.Reject(yes), await finance.Approve(no), await finance.Reject(no),
        })
            Assert.Equal((HttpStatusCode.Conflict, "points.adjustment_decided"), (late.StatusCode, await late.Code()));
        Assert.Equal([20_000], (await phone.Entries()).Select(entry => entry.Whole("points")));
    }

    [Fact]
    public async Task The_same_key_answers_the_same_and_with_another_reason_is_refused()
    {
        var (phone, finance) = (await shared.Newcomer(), await api.OperatorWith("finance"));
        var (askKey, key) = (Phone.NewKey(), Phone.NewKey());
        var asked = await api.AskFor(phone, 20_000, key: askKey);
        var id = asked.Text("adjustmentId");

        Assert.Equal(id, (await api.AskFor(phone, 20_000, key: askKey)).Text("adjustmentId"));
        var first = await finance.Approve(id, key);
        var again = await finance.Approve(id, key);
        var other = await finance.Post($"{PointsSteps.AdjustmentsPath}/{id}/approvals", new { reason = "另一个" }, key);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.key_reused"), (other.StatusCode, await other.Code()));
        Assert.Equal(id, (await api.AskFor(phone, 20_000, key: askKey)).Text("adjustmentId"));
        Assert.Equal(20_000, await phone.SpendablePoints());
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    public async Task For_a_member_who_is_not_active_nothing_is_asked_or_approved_and_the_asked_goes_on_waiting(string status)
    {
        var (phone, finance) = (await shared.Newcomer(), await api.OperatorWith("finance"));
        var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
        await api.SetStatus(phone.MemberId, status);

        var asked = await api.Adjust(phone.MemberId, 20_000);
        var approved = await finance.Approve(id);

        foreach (var answer in new[] { asked, approved })
            Assert.Equal((HttpStatusCode.Forbidden, "member." + status), (answer.StatusCode, await answer.Code()));
        await api.SetStatus(phone.MemberId, "active");
        Assert.Equal(HttpStatusCode.OK, (await finance.Approve(id)).StatusCode);
        Assert.Equal(20_000, await phone.SpendablePoints());
    }

    [Fact, Rule("PTS-09")]
    public async Task Points_that_are_gone_by_then_are_not_taken_by_an_approval()
    {
        var (phone, finance) = (await shared.Newcomer(), await api.OperatorWith("finance"));
        Assert.Equal("points.insufficient", await (await api.Adjust(phone.MemberId, -20_000)).Code());
        await api.Give(phone, Limit);
        await api.Give(phone, Limit);
        var id = (await api.AskFor(phone, -20_000)).Text("adjustmentId");
        await api.Adjust(phone.MemberId, -1);

        var tooMuch = await finance.Approve(id);
        await api.Give(phone, 1);
        var enough = await finance.Approve(id);

        Assert.Equal((HttpStatusCode.Conflict, "points.insufficient"), (tooMuch.StatusCode, await tooMuch.Code()));
        Assert.Equal((HttpStatusCode.OK, 0), (enough.StatusCode, await phone.SpendablePoints()));
    }

    [Fact]
    public async Task What_does_not_wait_cannot_be_decided()
    {
        var (phone, finance) = (await shared.Newcomer(), await api.OperatorWith("finance"));
        var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
        string[] wrong =
        [
            new Ids().Next(), new Ids().Next() + new Ids().Next(), phone.MemberId + new Ids().Next(), id[..^1], id + "0",
            new Ids().Next() + id[Ids.IdChars..], id.ToUpperInvariant(),
        ];

        foreach (var answer in await Task.WhenAll(wrong.SelectMany(one => new[] { finance.Approve(one), finance.Reject(one) })))
            Assert.Equal((HttpStatusCode.NotFound, "points.adjustment_missing"), (answer.StatusCode, await answer.Code()));
        Assert.Empty(await phone.Entries());
    }
}
