using Pond.Coupons;
using Pond.Operators;
using Pond.Platform.Queues;
using Pond.Tests.Coupons;

namespace Pond.Tests.FaultInjection;

/// <summary>Rows are the truth: queues may lose, repeat, reorder and make up messages as they like.</summary>
public sealed class LosingAndRepeatingMessages
{
    private const int Members = 5;
    private const int RogueMessages = 200;

    private static readonly string[] Queues =
    [
        CouponMessages.CatalogueQueue, CouponMessages.ShardQueue, CouponMessages.LendingQueue,
        CouponMessages.WalletQueue, OperatorMessages.AuditQueue,
    ];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Queues_that_are_purged_at_any_time_lose_nothing(int seed)
    {
        await using var app = await FaultyApp.Start();
        var moments = new Random(seed);

        var templateId = await MakeABusyDay(app.Api, () => moments.Next(2) == 0 ? app.Api.Purge() : app.Deliver());
        await app.Api.Purge();
        await app.Settle();

        await AssertDone(app.Api, templateId);
    }

    [Fact]
    public async Task Messages_three_times_and_in_reverse_change_nothing()
    {
        await using var app = await FaultyApp.Start();
        var templateId = await MakeABusyDay(app.Api, () => Task.CompletedTask);

        var messages = await app.Api.Messages();
        await app.Api.Purge();
        messages.Reverse();
        for (var times = 0; times < 3; times++)
            foreach (var (queue, body) in messages) await Send(app, queue, body);
        await app.Settle();

        await AssertDone(app.Api, templateId);
    }

    [Fact]
    public async Task Messages_that_nobody_of_ours_sent_are_dropped()
    {
        await using var app = await FaultyApp.Start();
        await MakeABusyDay(app.Api, () => Task.CompletedTask);
        var pointers = await app.Api.Messages();
        await app.Api.Purge();
        var before = await app.Api.Everything();
        string[] rows = [.. before.Where(row => !row.Contains(" outbox:", StringComparison.Ordinal))];
        var chance = new Random(RogueMessages);

        for (var i = 0; i < RogueMessages; i++)
        {
            var (queue, pointer) = pointers[chance.Next(pointers.Count)];
            var others = Queues.Where(other => other != queue).ToArray();
            await Send(app, others[chance.Next(others.Length)], Rogue(i, pointer, rows[chance.Next(rows.Length)]));
        }

        await app.Deliver();

        Assert.Equal(before, await app.Api.Everything());
        Assert.Empty(await app.Api.Messages());
    }

    [Fact, Rule("D21")]
    public async Task A_message_that_fails_five_times_is_poison_and_the_sweep_sends_it_again()
    {
        await using var app = await FaultyApp.Start();
        var spend = await ValueOperation.All["spend"](app, "alice");
        await app.Settle();
        var answer = await app.Answered(spend.Send);
        app.Faults.Arm(
            call => call.Name.Contains(":audit:", StringComparison.Ordinal), FaultWay.FailsBefore, times: int.MaxValue);

        for (var tries = 0; tries < 5; tries++)
        {
            await app.Deliver();
            app.Api.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        const string PoisonQueue = OperatorMessages.AuditQueue + MessageQueues.PoisonSuffix;
        Assert.Equal(PoisonQueue, Assert.Single(await app.Api.Messages()).Queue);
        await app.Settle();
        await spend.AssertOneEffect(app.Api, answer.StatusCode, await answer.Json());
    }

    private static string Rogue(int number, string pointer, string row)
    {
        var cut = row.Split(' ');
        return (number % 8) switch
        {
            0 => pointer, // a real one, in a queue that is not its own
            1 => $"{cut[0]}/{cut[1]}",
            2 => $"{cut[0]}/x{cut[1].Split(':')[^1]}",
            3 => pointer[..^1],
            4 => pointer + "/x",
            5 => "{\"partition\":\"m:1\",\"id\":\"1\"}",
            6 => new string('券', MessageQueues.BodyBytesMax / 3),
            _ => "",
        };
    }

    /// <summary>Operators publish and give points, members claim and check in.</summary>
    /// <param name="afterEach">What happens to the queues after each step.</param>
    private static async Task<string> MakeABusyDay(MiniProgramApi api, Func<Task> afterEach)
    {
        var templateId = await api.PublishTemplate(stock: Members - 1, shards: 2);
        await afterEach();
        for (var i = 0; i < Members; i++)
        {
            var member = await api.LogIn($"member-{i}");
            await member.Post(CouponSteps.ClaimsOf(templateId));
            await afterEach();
            (await member.Post("/api/me/check-ins")).EnsureSuccessStatusCode();
            var gift = new { memberId = member.MemberId, points = 100, reason = "开业礼物" };
            (await api.Operator().Post("/api/operator/points-adjustments", gift)).EnsureSuccessStatusCode();
            await afterEach();
        }

        return templateId;
    }

    private static async Task AssertDone(MiniProgramApi api, string templateId)
    {
        var coupons = 0;
        for (var i = 0; i < Members; i++)
        {
            var member = await api.LogIn($"member-{i}");
            coupons += (await api.WalletOf($"member-{i}")).Count;
            Assert.Equal([100, 5], (await api.LedgerOf($"member-{i}")).Select(entry => entry.Whole("points")));
            Assert.Single(await api.AuditOf(member.MemberId));
        }

        Assert.Equal(Members - 1, coupons);
        Assert.Equal((Members - 1, 0), await api.StockOf(templateId));
        Assert.Equal(["draft", "published"], (await api.AuditOf(templateId)).Select(act => act.Text("after")).Order());
        var offers = await (await api.Http.GetAsync("/api/coupons")).Json();
        Assert.Equal(templateId, Assert.Single(offers.Items()).Text("templateId"));
    }

    private static Task Send(FaultyApp app, string queue, string body) =>
        app.Queues.Send(queue, body, TimeSpan.Zero, CancellationToken.None);
}
