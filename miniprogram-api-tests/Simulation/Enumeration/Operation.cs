namespace Pond.Tests.Simulation.Enumeration;

/// <summary>An operation that moves value: what it needs before, what people do, and what must be so afterwards.</summary>
internal abstract class Operation(World world)
{
    protected const string Shopper = "alice";

    private readonly List<(SimulatedPhone Phone, string Path, object? Body, string Key, Reply Reply)> asked = [];

    protected World World => world;

    protected SimulatedPhone Phone { get; } = new(world, Shopper);

    /// <summary>Makes what it needs, while nothing fails.</summary>
    public abstract Task Prepare();

    /// <summary>What people do, who ask again until they are answered.</summary>
    public abstract Task Act();

    /// <summary>Fails unless it happened exactly once and the answers have told it so.</summary>
    public abstract Task Look();

    /// <summary>Whoever asks again is told the same.</summary>
    public async Task AskAgain()
    {
        foreach (var (phone, path, body, key, reply) in asked)
            AssertSame(reply, await phone.Send("POST", path, body, key));
    }

    /// <summary>Asks, and remembers what the answer was.</summary>
    protected async Task<Reply> Ask(SimulatedPhone phone, string path, object? body = null)
    {
        var key = phone.NewKey();
        var reply = await phone.Send("POST", path, body, key);
        Assert.True(reply.IsSuccess, $"{path}: {reply.Status} {reply.Body}");
        asked.Add((phone, path, body, key, reply));
        return reply;
    }

    protected virtual void AssertSame(Reply reply, Reply again) =>
        Assert.Equal((reply.Status, reply.Body.GetRawText()), (again.Status, again.Body.GetRawText()));

    /// <summary>For preparations: it has to work at once.</summary>
    protected static async Task<Reply> Must(Task<Reply> asking)
    {
        var reply = await asking;
        Assert.True(reply.IsSuccess, $"{reply.Status} {reply.Body}");
        return reply;
    }

    protected static async Task LogIn(SimulatedPhone phone) => Assert.True(await phone.LogIn());

    /// <summary>Messages are delivered meanwhile.</summary>
    protected Task PauseALittle() => world.Pause(TimeSpan.FromSeconds(5));

    protected Task<Reply> Give(SimulatedPhone phone, long points) => Must(world.Owner.Post(
        "/api/operator/points-adjustments", new { memberId = phone.MemberId, points, reason = "开业礼物" }));

    protected static async Task<System.Text.Json.JsonElement[]> Items(SimulatedPhone phone, string path) =>
        (await Must(phone.Get(path + "?limit=100"))).Body.Items();

    /// <summary>What operators did to this, the newest first; two days are enough for all that happens here.</summary>
    protected async Task<string[]> AuditOf(string targetId)
    {
        var acts = new List<System.Text.Json.JsonElement>();
        for (var day = 1; day >= 0; day--)
            acts.AddRange(await Items(world.Owner, $"/api/operator/audit/{HandClock.Start.AddDays(day):yyyy-MM-dd}"));
        return [.. acts.Where(act => act.Text("targetId") == targetId).Select(act => act.Text("after"))];
    }
}
