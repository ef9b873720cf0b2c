using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Tests.Orders;

namespace Pond.Tests.Activities;

/// <summary>The app with keepers of deals that do what a test says, in place of the real ones.</summary>
public sealed class DealApp : SharedApi
{
    private readonly List<TestKeeper> keepers = [.. Enum.GetValues<ActivityKind>().Select(kind => new TestKeeper(kind))];

    internal TestKeeper KeeperOf(ActivityKind kind) => keepers.Single(keeper => keeper.Kind == kind);

    /// <summary>A shopper, and an activity with one SKU at ¥40 that they may order.</summary>
    internal async Task<Deal> NewDeal(
        ActivityKind kind = ActivityKind.GroupBuy, int stock = 100, int pieces = 10, int quantity = 1)
    {
        var (skuId, shopper) = (await Api.Product(priceFen: 4_000, stock), $"deal-{Phone.NewKey()}");
        var id = await Api.Published(ActivitySteps.Plan(Api, skuId, pieces), kind);
        return new Deal(shopper, id, skuId, kind, $"subject-{Phone.NewKey()}", quantity, Api.Clock.GetUtcNow().AddMinutes(30));
    }

    /// <summary>What the slice behind a subject was told, the same thing once for each commit that told it.</summary>
    internal IReadOnlyList<DealMove> Heard(Deal deal) =>
    [
        .. Redelivery.Waiting(Api).Select(row => Stored.Read<OutboxRow>(row.Data))
            .Where(row => DeafQueues.Names.Contains(row.Queue))
            .Select(row => Stored.Read<DealMovedV1>(row.Body))
            .Where(moved => moved.SubjectId == deal.SubjectId && moved.Kind == deal.Kind)
            .Select(moved => moved.Move).Order(),
    ];

    protected override Task<MiniProgramApi> Start() => MiniProgramApi.Start(
        new Dictionary<string, string> { ["Points:CheckInPoints"] = "0" },
        services =>
        {
            services.RemoveAll<IDealKeeper>();
            foreach (var keeper in keepers) services.AddSingleton<IDealKeeper>(keeper);
            services.AddSingleton<MessageQueues>(all => new DeafQueues(all.GetRequiredService<SqliteQueues>()));
        });

    /// <summary>Queues that lose what real slices would hear of deals: a test looks at the outbox instead.</summary>
    private sealed class DeafQueues(MessageQueues inner) : MessageQueues
    {
        public static readonly string[] Names =
            [OrderMessages.GroupBuyQueue, OrderMessages.BargainQueue, OrderMessages.FlashSaleQueue];

        protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) =>
            Names.Contains(queue) ? Task.CompletedTask : inner.Send(queue, body, delay, cancel);

        protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
            string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
            inner.Receive(queue, max, visibility, cancel);

        protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
            inner.Delete(message, cancel);

        protected override Task<QueueMessage?> HideCore(
            QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
            inner.Hide(message, visibility, cancel);

        protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
            string queue, int max, CancellationToken cancel) => inner.Peek(queue, max, cancel);

        protected override Task<long> CountCore(string queue, CancellationToken cancel) => inner.Count(queue, cancel);
    }
}

/// <summary>Keeps whatever it is asked for, unless a test says no.</summary>
internal sealed class TestKeeper(ActivityKind kind) : IDealKeeper
{
    public static readonly Refusal No = new("test.no_seat", RefusalKind.Conflict, "名额已满。");

    public ActivityKind Kind => kind;

    /// <summary>Subjects that have no place for anybody.</summary>
    public ConcurrentDictionary<string, bool> Full { get; } = new();

    /// <summary>What was asked for, by order.</summary>
    public ConcurrentDictionary<string, DealHold> Kept { get; } = new();

    public Task<Refusal?> Keep(DealHold hold, CancellationToken cancel)
    {
        if (Full.ContainsKey(hold.SubjectId)) return Task.FromResult<Refusal?>(No);
        Kept[hold.OrderId] = hold;
        return Task.FromResult<Refusal?>(null);
    }
}
