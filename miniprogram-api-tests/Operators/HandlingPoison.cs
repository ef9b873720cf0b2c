using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Operators;
using Pond.Platform.Queues;
using Pond.Tests.FaultInjection;

namespace Pond.Tests.Operators;

[Rule("ADM-07"), Rule("D21")]
public sealed class HandlingPoison
{
    private const string Queue = OperatorMessages.AuditQueue;
    private const string PoisonPath = "/api/operator/poison";

    [Fact]
    public async Task A_message_that_always_fails_is_seen_and_works_once_its_cause_is_mended_and_it_is_sent_back()
    {
        await using var app = await FaultyApp.Start();
        var alice = await PoisonAnAct(app);

        Assert.Equal(1, await CountOf(app.Api, Queue));
        var item = Assert.Single(await Poisoned(app.Api));
        Assert.True(item.GetProperty("isWaiting").GetBoolean());
        Assert.StartsWith($"m:{alice.MemberId}/", item.Text("row"), StringComparison.Ordinal);
        app.Faults.Disarm();
        Assert.Empty(await app.Api.AuditOf(alice.MemberId));

        Assert.Equal(1, (await Redrive(app.Api, max: 32)).Whole("moved"));
        await app.Deliver();

        Assert.Single(await app.Api.AuditOf(alice.MemberId));
        Assert.Equal(0, await CountOf(app.Api, Queue));
        Assert.Empty(await Poisoned(app.Api));
    }

    [Fact]
    public async Task What_was_done_in_the_meantime_is_not_done_again()
    {
        await using var app = await FaultyApp.Start();
        var alice = await PoisonAnAct(app);
        await app.Settle();

        Assert.False(Assert.Single(await Poisoned(app.Api)).GetProperty("isWaiting").GetBoolean());
        await Redrive(app.Api, max: 32);
        await app.Deliver();

        Assert.Single(await app.Api.AuditOf(alice.MemberId));
    }

    [Fact]
    public async Task No_more_is_sent_back_than_asked_for_and_the_audit_says_who_did_it_and_why()
    {
        await using var api = await MiniProgramApi.Start();
        for (var i = 0; i < 3; i++) await SendPoison(api, $"nowhere/{i}");

        Assert.Equal(2, (await Redrive(api, max: 2)).Whole("moved"));

        Assert.Equal(1, await CountOf(api, Queue));
        await api.Deliver();
        var line = Assert.Single(await api.AuditOf(Queue));
        Assert.Equal(
            ("poison.redrive", "故障已修复", "3", "1"),
            (line.Text("action"), line.Text("reason"), line.Text("before"), line.Text("after")));
        Assert.NotEqual(OperatorCallers.BootstrapId, line.Text("operatorId"));
    }

    [Fact]
    public async Task A_look_takes_nothing_and_shows_nothing_of_what_is_no_pointer()
    {
        await using var api = await MiniProgramApi.Start();
        await SendPoison(api, "小明 13800138000");

        var answers = new[] { await Peek(api), await Peek(api) };

        Assert.All(answers, answer => Assert.DoesNotContain("13800138000", answer, StringComparison.Ordinal));
        Assert.Equal(answers[0], answers[1]);
        Assert.Null(Assert.Single(await Poisoned(api)).GetProperty("row").GetString());
        Assert.Equal(1, await CountOf(api, Queue));
    }

    [Fact]
    public async Task Every_queue_is_counted_and_no_other_has_a_look()
    {
        await using var api = await MiniProgramApi.Start();
        var listed = (await (await api.Operator().Get(PoisonPath)).Json()).Items();

        Assert.Equal(TriggeredQueues.Names, listed.Select(item => item.Text("queue")));
        Assert.All(listed, item => Assert.Equal(0, item.Whole("count")));
        foreach (var queue in new[] { "nobody-s", Queue + MessageQueues.PoisonSuffix, "AUDIT", "a--b" })
        {
            var answer = await api.Operator().Get($"{PoisonPath}/{queue}");
            Assert.Equal((HttpStatusCode.NotFound, "operator.no_such_queue"), (answer.StatusCode, await answer.Code()));
        }
    }

    /// <summary>An operator gives points, and every try to write that into the audit fails.</summary>
    private static async Task<Phone> PoisonAnAct(FaultyApp app)
    {
        var alice = await app.Api.LogIn("alice");
        app.Api.Operator();
        await app.Settle();
        var gift = new { memberId = alice.MemberId, points = 30, reason = "开业礼物" };
        (await app.Api.Operator().Post("/api/operator/points-adjustments", gift)).EnsureSuccessStatusCode();
        app.Faults.Arm(
            call => call.Name.Contains(":audit:", StringComparison.Ordinal), FaultWay.FailsBefore, times: int.MaxValue);
        for (var tries = 0; tries < 5; tries++)
        {
            await app.Deliver();
            app.Api.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        return alice;
    }

    private static Task SendPoison(MiniProgramApi api, string body) => api.Services.GetRequiredService<MessageQueues>()
        .Send(Queue + MessageQueues.PoisonSuffix, body, TimeSpan.Zero, CancellationToken.None);

    private static async Task<long> CountOf(MiniProgramApi api, string queue) =>
        (await (await api.Operator().Get(PoisonPath)).Json()).Items()
        .Single(item => item.Text("queue") == queue).Whole("count");

    private static async Task<JsonElement[]> Poisoned(MiniProgramApi api) =>
        JsonDocument.Parse(await Peek(api)).RootElement.Items();

    private static async Task<string> Peek(MiniProgramApi api) =>
        await (await api.Operator().Get($"{PoisonPath}/{Queue}")).Content.ReadAsStringAsync();

    private static async Task<JsonElement> Redrive(MiniProgramApi api, int max)
    {
        var answer = await api.Operator().Post($"{PoisonPath}/{Queue}/redrives", new { max, reason = "故障已修复" });
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }
}
