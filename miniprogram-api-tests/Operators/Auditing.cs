using System.Net;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Members;
using Pond.Tests.Points;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Operators;

[Rule("ADM-03")]
public sealed class Auditing
{
    [Fact]
    public async Task The_audit_tells_who_did_what_the_newest_first()
    {
        await using var api = await MiniProgramApi.Start();
        var added = await api.AddOperator("小李", "service");
        var console = api.Operator(added.Text("key"));
        var bootstrap = api.Operator(MiniProgramApi.BootstrapKey);
        var alice = await api.LogIn("alice");
        await console.Put($"/api/operator/members/{alice.MemberId}/status", new { status = "frozen", reason = "核对身份" });
        await api.Deliver();
        await bootstrap.Delete($"{OperatorSteps.OperatorsPath}/{added.Text("operatorId")}");
        await api.Deliver();

        var lines = await api.Audit();

        Assert.Equal(
            [
                ("operator.revoke", OperatorCallers.BootstrapId, added.Text("operatorId")),
                ("member.status", added.Text("operatorId"), alice.MemberId),
                ("operator.create", OperatorCallers.BootstrapId, added.Text("operatorId")),
            ],
            lines.Select(line => (line.Text("action"), line.Text("operatorId"), line.Text("targetId"))));
        Assert.Equal([3, 2, 1], lines.Select(line => line.Whole("number")));
        Assert.Equal(
            ("核对身份", "active", "frozen"), (lines[1].Text("reason"), lines[1].Text("before"), lines[1].Text("after")));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(100)]
    public async Task The_audit_pages_over_each_line_once(int pageSize)
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        for (var i = 1; i <= 4; i++) await api.Give(alice, i);
        await api.Deliver();

        Assert.Equal([5, 4, 3, 2, 1], (await api.Audit(pageSize)).Select(line => line.Whole("number")));
    }

    [Fact]
    public async Task Each_line_is_chained_to_the_one_before()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        await Task.WhenAll(Enumerable.Range(1, 6).Select(i => api.Adjust(alice.MemberId, i)));
        var messages = await api.DeliverThrice(seed: 7);
        await api.DeliverAsIfNeverRemoved(messages, seed: 8);

        var entries = await Entries(api, ChinaDay.Of(HandClock.Start));

        Assert.Equal(Enumerable.Range(1, 7).Select(number => (long)number), entries.Select(entry => entry.Number));
        var previous = "";
        foreach (var entry in entries)
        {
            Assert.Equal(previous, entry.Previous);
            previous = entry.Hash;
        }
    }

    [Fact]
    public async Task A_day_of_the_audit_ends_at_midnight_in_China()
    {
        await using var api = await MiniProgramApi.Start();
        api.Operator();
        await api.Give(await api.LogInAt("alice", China(2026, 3, 3, 23, 59, 59)), 1);
        await api.Give(await api.LogInAt("alice", China(2026, 3, 4)), 2);
        await api.Deliver();

        Assert.Equal("1", Assert.Single(await DayOf(api, "2026-03-03")).Text("after"));
        Assert.Equal("3", Assert.Single(await DayOf(api, "2026-03-04")).Text("after"));
        Assert.Empty(await DayOf(api, "2026-03-05"));
    }

    [Theory, InlineData("today"), InlineData("2026-02-30"), InlineData("20260302")]
    public async Task What_is_no_day_has_no_audit(string day)
    {
        await using var api = await MiniProgramApi.Start();

        var answer = await api.Operator().Get("/api/operator/audit/" + day);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("audit.day", await answer.Code());
    }

    private static Task<System.Text.Json.JsonElement[]> DayOf(MiniProgramApi api, string day) =>
        api.Operator().AllPages("/api/operator/audit/" + day, 100);

    private static async Task<AuditEntry[]> Entries(MiniProgramApi api, ChinaDay day)
    {
        var (from, until) = Keys.Under(AuditDay.EntryPrefix);
        var page = await api.Store.Range(AuditDay.Partition(day), from, until, 100, CancellationToken.None);
        return [.. page.Rows.Select(row => Stored.Read<AuditEntry>(row.Data)).Reverse()];
    }
}
