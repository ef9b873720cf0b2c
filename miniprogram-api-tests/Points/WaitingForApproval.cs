using System.Net;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Tests.Operators;

namespace Pond.Tests.Points;

[Rule("ADM-02")]
public sealed class WaitingForApproval
{
    [Fact]
    public async Task An_adjustment_waits_seven_days_to_the_second()
    {
        await using var api = await MiniProgramApi.Start();
        var (phone, finance) = (await api.LogIn("alice"), await api.OperatorWith("finance"));
        var inTime = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
        var late = (await api.AskFor(phone, 30_000)).Text("adjustmentId");
        await api.Deliver();

        api.Clock.Advance(ApprovalRules.WaitingTime - TimeSpan.FromSeconds(1));
        Assert.Equal(new[] { inTime, late }.Order(), (await api.Waiting()).Order());
        Assert.Equal(HttpStatusCode.OK, (await finance.Approve(inTime)).StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await api.Waiting());
        foreach (var answer in new[] { await finance.Approve(late), await finance.Reject(late) })
        {
            Assert.Equal(
                (HttpStatusCode.Conflict, "points.adjustment_expired"), (answer.StatusCode, await answer.Code()));
        }

        phone = await api.LogIn("alice");
        Assert.Equal(20_000, await phone.SpendablePoints());
    }

    [Fact]
    public async Task The_list_pages_over_each_that_waits_once_the_longest_waiting_first()
    {
        await using var api = await MiniProgramApi.Start();
        var (phone, finance) = (await api.LogIn("alice"), await api.OperatorWith("finance"));
        var asked = new List<string>();
        for (var i = 1; i <= 6; i++)
        {
            asked.Add((await api.AskFor(phone, 10_000 + i)).Text("adjustmentId"));
            api.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await finance.Reject(asked[2]);
        await finance.Approve(asked[4]);
        asked.RemoveAt(4);
        asked.RemoveAt(2);
        await api.Deliver();

        foreach (var pageSize in new[] { 1, 2, 3, 100 }) Assert.Equal(asked, await api.Waiting(pageSize));
    }

    [Fact]
    public async Task Late_and_repeated_messages_bring_nothing_back_to_the_list()
    {
        await using var api = await MiniProgramApi.Start();
        var (phone, finance) = (await api.LogIn("alice"), await api.OperatorWith("finance"));
        for (var seed = 0; seed < 5; seed++)
        {
            var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
            await finance.Approve(id);

            var messages = await api.DeliverThrice(seed);
            await api.DeliverAsIfNeverRemoved(messages, seed + 100);

            Assert.Empty(await api.Waiting());
            Assert.Equal(20_000 * (seed + 1), await phone.SpendablePoints());
            Assert.Equal(2, (await api.AuditOf(id)).Length);
        }
    }

    [Fact]
    public async Task That_it_waits_heard_for_the_first_time_after_the_decision_brings_nothing_back()
    {
        await using var api = await MiniProgramApi.Start();
        var (phone, finance) = (await api.LogIn("alice"), await api.OperatorWith("finance"));
        api.Operator(); // whose coming is in the audit before the adjustment is
        await api.Deliver();
        var id = (await api.AskFor(phone, 20_000)).Text("adjustmentId");
        var asked = Redelivery.Waiting(api); // held back, as if their pointers were slow
        foreach (var row in asked)
        {
            var stored = await api.Store.Find(row.Partition, row.Key, CancellationToken.None);
            await api.Store.Commit(row.Partition, [new Write.Delete(row.Key, stored!.ETag)], CancellationToken.None);
        }

        await finance.Approve(id);
        await api.Deliver();
        await api.DeliverAsIfNeverRemoved(asked, seed: 1);

        Assert.Equal(2, asked.Count); // the audit's and the list's
        Assert.Empty(await api.Waiting());
        Assert.Equal(2, (await api.AuditOf(id)).Length);
    }

    [Fact]
    public async Task Another_limit_does_not_change_what_a_key_has_come_to()
    {
        var folder = Directory.CreateTempSubdirectory("pond-limit-").FullName;
        var (small, large, memberId, service) = (Phone.NewKey(), Phone.NewKey(), "", "");
        foreach (var limit in new[] { "10000", "5", "1000000" })
        {
            await using var api = await MiniProgramApi.Start(
                new Dictionary<string, string> { ["Points:AdjustmentApprovalLimit"] = limit }, dataPath: folder);
            var phone = await api.LogIn("alice");
            memberId = phone.MemberId;
            if (service == "") service = (await api.AddOperator("小李", "service")).Text("key");

            var booked = await Post(api, 100, small);
            var waiting = await Post(api, 20_000, large);

            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Accepted), (booked.StatusCode, waiting.StatusCode));
            Assert.Equal(100, await phone.SpendablePoints());
        }

        Directory.Delete(folder, recursive: true);

        Task<HttpResponseMessage> Post(MiniProgramApi api, long points, string key) => api.Operator(service).Post(
            PointsSteps.AdjustmentsPath, new { memberId, points, reason = "限额变更" }, key);
    }
}
