using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Health;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Health;

public sealed class AskingForHealth
{
    [Fact]
    public async Task A_running_app_is_alive_and_ready_and_leaves_no_trace_of_the_proof()
    {
        await using var api = await MiniProgramApi.Start();

        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/ready")).StatusCode);
        Assert.Empty(StoredRow.All(api));
        Assert.Empty(StoredRow.Messages(api));
    }

    [Fact]
    public async Task An_app_whose_store_fails_is_alive_but_not_ready_until_it_works_again()
    {
        var store = new BreakableStore();
        await using var api =
            await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(store));
        store.IsBroken = true;

        var broken = await api.Http.GetAsync("/api/health/ready");
        store.IsBroken = false;
        api.Clock.Advance(Readiness.Lifetime - TimeSpan.FromTicks(1));
        var remembered = await api.Http.GetAsync("/api/health/ready");
        api.Clock.Advance(TimeSpan.FromTicks(1));
        var mended = await api.Http.GetAsync("/api/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.Equal("health.not_ready", await broken.Code());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, remembered.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, mended.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.GetAsync("/api/health/live")).StatusCode);
    }

    private sealed class BreakableStore : PartitionStore
    {
        private readonly MemoryPartitionStore inner = new();

        public bool IsBroken { get; set; }

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
            Working().Find(partition, row, cancel);

        protected override Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel) =>
            Working().Range(partition, from, until, limit, cancel);

        protected override Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel) =>
            Working().Commit(partition, writes, cancel);

        private MemoryPartitionStore Working() => IsBroken ? throw new StoreUnavailableException("broken") : inner;
    }
}
