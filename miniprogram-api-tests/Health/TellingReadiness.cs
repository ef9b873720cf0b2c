using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Health;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Health;

public sealed class TellingReadiness
{
    private readonly BreakableStore store = new();
    private readonly BreakableQueues queues = new();

    [Fact]
    public async Task A_working_app_is_live_and_ready_and_leaves_one_row_and_no_message()
    {
        await using var api = await MiniProgramApi.Start();

        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
        api.Clock.Advance(Readiness.Lifetime);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
        Assert.Single((await api.Store.Range("health", "0", "~", 100, CancellationToken.None)).Rows);
        Assert.Equal(0, await api.Services.GetRequiredService<MessageQueues>().Count("health", CancellationToken.None));
    }

    [Fact]
    public async Task The_app_is_not_ready_while_the_store_fails_and_ready_again_after() =>
        await GoesDownAndUp(broken => store.IsBroken = broken);

    [Fact]
    public async Task The_app_is_not_ready_while_commits_are_lost_and_ready_again_after() =>
        await GoesDownAndUp(broken => store.IsLosing = broken);

    [Fact]
    public async Task The_app_is_not_ready_while_the_queue_fails_and_ready_again_after() =>
        await GoesDownAndUp(broken => queues.IsBroken = broken);

    [Fact]
    public async Task The_app_is_ready_even_when_another_process_takes_its_message()
    {
        queues.OthersAreFaster = true;
        await using var api = await Start();

        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_proof_holds_for_three_seconds_of_the_clock()
    {
        await using var api = await Start();
        for (var i = 0; i < 10; i++) await api.Http.GetAsync("/api/health/ready");
        Assert.Equal(1, queues.Sends);

        api.Clock.Advance(Readiness.Lifetime - TimeSpan.FromTicks(1));
        await api.Http.GetAsync("/api/health/ready");
        Assert.Equal(1, queues.Sends);

        api.Clock.Advance(TimeSpan.FromTicks(1));
        await api.Http.GetAsync("/api/health/ready");
        Assert.Equal(2, queues.Sends);
    }

    private Task<MiniProgramApi> Start() => MiniProgramApi.Start(change: services =>
        services.AddSingleton<PartitionStore>(store).AddSingleton<MessageQueues>(queues));

    private async Task GoesDownAndUp(Action<bool> setBroken)
    {
        await using var api = await Start();
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);

        setBroken(true);
        api.Clock.Advance(Readiness.Lifetime);
        var down = await api.Http.GetAsync("/api/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "health.not_ready"), (down.StatusCode, await down.Code()));
        Assert.NotNull(down.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/live")).StatusCode);

        setBroken(false);
        api.Clock.Advance(Readiness.Lifetime);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
    }

    /// <summary>A store of nothing but outcomes, as far as readiness asks.</summary>
    private sealed class BreakableStore : PartitionStore
    {
        public bool IsBroken { get; set; }

        public bool IsLosing { get; set; }

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
            Task.FromResult<Row?>(null);

        protected override Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel) =>
            Task.FromResult(Page.Empty);

        protected override Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
        {
            if (IsBroken) throw new StoreUnavailableException("broken by a test");
            return Task.FromResult<CommitOutcome>(IsLosing
                ? new CommitOutcome.Unknown(new IOException("lost by a test"))
                : new CommitOutcome.Committed([.. writes.Select(write => write is Write.Delete ? null : "1")]));
        }
    }

    private sealed class BreakableQueues : MessageQueues
    {
        private readonly List<QueueMessage> waiting = [];

        public bool IsBroken { get; set; }

        public bool OthersAreFaster { get; set; }

        public int Sends { get; private set; }

        protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel)
        {
            if (IsBroken) throw new QueueUnavailableException("broken by a test");
            Sends++;
            waiting.Add(new QueueMessage(queue, $"{Sends}", "1", body, 1, HandClock.Start));
            return Task.CompletedTask;
        }

        protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
            string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<QueueMessage>>(OthersAreFaster ? [] : [.. waiting]);

        protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
            Task.FromResult(waiting.Remove(message));

        protected override Task<QueueMessage?> HideCore(
            QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
            Task.FromResult<QueueMessage?>(message);

        protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
            string queue, int max, CancellationToken cancel) => Task.FromResult<IReadOnlyList<WaitingMessage>>([]);

        protected override Task<long> CountCore(string queue, CancellationToken cancel) =>
            Task.FromResult<long>(waiting.Count);
    }
}
