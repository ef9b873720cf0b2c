using System.Net;
using System.Text.Json;
using Pond.Bargains;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using static Pond.Tests.Bargains.BargainSteps;

namespace Pond.Tests.Bargains;

/// <summary>Attempts begin one after the other, and end by the clock.</summary>
[Rule("BRG-04")]
public sealed class EndingAttempts(SharedApi shared) : IClassFixture<SharedApi>
{
    private static int names;

    private readonly MiniProgramApi api = shared.Api;
    private readonly string ownerName = $"bargain-owner-{Interlocked.Increment(ref names)}";

    [Fact, Rule("D04")]
    public async Task After_its_deadline_nobody_helps_or_orders_and_the_sweep_writes_it_down()
    {
        var owner = await api.LogIn(ownerName);
        var attemptId = await owner.Attempt(await Published(mode: "buyAnyTime"));
        (await (await shared.Newcomer()).Help(attemptId)).EnsureSuccessStatusCode();

        api.Clock.Advance(TimeSpan.FromHours(24));
        owner = await api.LogIn(ownerName);
        var (helped, ordered) = (await (await shared.Newcomer()).Help(attemptId), await owner.OrderAttempt(attemptId));

        Assert.Equal((HttpStatusCode.Conflict, "bargain.over"), (helped.StatusCode, await helped.Code()));
        Assert.Equal("bargain.over", await ordered.Code());
        Assert.Equal("expired", await owner.AttemptState(attemptId));
        Assert.Equal(AttemptState.Open, (await api.StoredAttempt(attemptId)).State);
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        await api.Fire(nameof(ExpireAttempts));
        Assert.Equal(AttemptState.Expired, (await api.StoredAttempt(attemptId)).State);
    }

    [Fact, Rule("D04")]
    public async Task After_the_end_of_the_bargain_nobody_helps_also_when_it_ends_before_its_time()
    {
        var owner = await api.LogIn(ownerName);
        var id = await Published();
        var attemptId = await owner.Attempt(id);

        (await api.MoveActivity(id, "paused")).EnsureSuccessStatusCode();
        Assert.Equal("activity.paused", await (await (await shared.Newcomer()).Help(attemptId)).Code());
        (await api.MoveActivity(id, "ended")).EnsureSuccessStatusCode();
        var helped = await (await shared.Newcomer()).Help(attemptId);

        Assert.Equal((HttpStatusCode.Conflict, "activity.over"), (helped.StatusCode, await helped.Code()));
        Assert.Equal("expired", await owner.AttemptState(attemptId));
    }

    [Fact, Rule("D04")]
    public async Task An_attempt_is_never_open_longer_than_its_bargain()
    {
        var body = api.Bargain(await api.Product()).With("endsAt", api.Clock.GetUtcNow().AddHours(3));
        var attemptId = await (await api.LogIn(ownerName)).Attempt(await api.PublishBargain(body));

        Assert.Equal(api.Clock.GetUtcNow().AddHours(3), (await api.StoredAttempt(attemptId)).Deadline);
    }

    [Fact]
    public async Task A_member_has_one_attempt_at_a_time_and_so_many_in_all()
    {
        var owner = await api.LogIn(ownerName);
        var id = await Published(attempts: 2, hours: 1);
        var first = await owner.Attempt(id);

        var second = await owner.Post(AttemptsOf(id));
        Assert.Equal((HttpStatusCode.Conflict, "bargain.live"), (second.StatusCode, await second.Code()));
        Assert.Equal(first, (await second.Json()).Text("attemptId"));

        api.Clock.Advance(TimeSpan.FromHours(1));
        owner = await api.LogIn(ownerName);
        var another = await owner.Attempt(id);
        Assert.NotEqual(first, another);
        var shown = await (await owner.Get($"/api/bargains/{id}")).Json();
        Assert.Equal([first, another], shown.GetProperty("myAttemptIds").EnumerateArray().Select(one => one.GetString()));

        api.Clock.Advance(TimeSpan.FromHours(1));
        owner = await api.LogIn(ownerName);
        Assert.Equal("bargain.attempts_used", await (await owner.Post(AttemptsOf(id))).Code());
    }

    [Fact, Rule("BRG-01")]
    public async Task Taps_at_once_begin_one_attempt_with_one_plan_and_a_repeat_draws_no_other()
    {
        var (owner, id, key) = (await api.LogIn(ownerName), await Published(), Phone.NewKey());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => owner.Post(AttemptsOf(id), key: i < 3 ? key : null)));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            var said = await answer.Json();
            Assert.True(said.TryGetProperty("attemptId", out var which) || answer.StatusCode is HttpStatusCode.Conflict);
            if (which.ValueKind is JsonValueKind.String) ids.Add(which.GetString()!);
        }

        var plan = (await api.StoredAttempt(ids.Single())).Plan;
        await api.Deliver();
        (await owner.Post(AttemptsOf(id), key: key)).Dispose();
        Assert.Equal(plan, (await api.StoredAttempt(ids.Single())).Plan);
    }

    private async Task<string> Published(string mode = "floorOnly", int attempts = 1, int hours = 24) =>
        await api.PublishBargain(api.Bargain(await api.Product(), mode: mode)
            .With("attemptsPerMember", attempts).With("hours", hours));
}
