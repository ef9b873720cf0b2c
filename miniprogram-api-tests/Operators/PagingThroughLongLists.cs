using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Outbox;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Points;

namespace Pond.Tests.Operators;

/// <summary>A list of ten thousand costs as much a page as a short one.</summary>
public sealed class PagingThroughLongLists : IAsyncLifetime
{
    private const int RowsCount = 10_000;
    private const int PageSize = 100;

    private static readonly Dictionary<string, Filling> Fillings = new()
    {
        [nameof(ListAudit)] = new(i => (AuditDay.Partition(Today), AuditRow(i)), CallsMax: 3), // and one name
        [nameof(ListCouponTemplates)] = new(i => (CatalogueRows.Partition, TemplateRow(i)), CallsMax: 2),
        [nameof(ListOperators)] = new(i => (OperatorRows.Partition, OperatorRow(i)), CallsMax: 2),
        [nameof(ListStuckRows)] = new(i => (StuckRows.Partition, StuckRow(i)), CallsMax: 2 + PageSize), // each is looked for
        [nameof(ListWaitingAdjustments)] = new(i => (AdjustmentRows.ListPartition, AdjustmentRow(i)), CallsMax: 3),
    };

    private readonly Faults faults = new();
    private MiniProgramApi api = null!;

    public static TheoryData<string> Lists => [.. Fillings.Keys];

    private static ChinaDay Today => ChinaDay.Of(HandClock.Start);

    public async Task InitializeAsync() => api = await MiniProgramApi.Start(change: services =>
        services.AddSingleton<PartitionStore>(all =>
            new FaultyStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), faults)));

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public void Every_list_of_operators_that_pages_is_tried_here() => Assert.Equal(
        Fillings.Keys.Order(StringComparer.Ordinal),
        from type in typeof(Composition).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.IsDefined(typeof(PagedAttribute))
            && method.GetCustomAttribute<CallerAttribute>()?.Kind is CallerKind.Operator
        orderby type.Name
        select type.Name);

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_page_asks_the_store_as_often_as_the_first(string list)
    {
        var (filling, console) = (Fillings[list], api.Operator());
        await console.Get("/api/operator/poison"); // makes the operator
        await Fill(filling);
        var path = Endpoint.All.Single(each => each.Function == list).Path($"{Today.Date:yyyy-MM-dd}");

        var (items, costs, cursor) = (0, new List<int>(), "");
        do
        {
            faults.Count();
            var page = await (await console.Get($"{path}?limit={PageSize}{cursor}")).Json();
            costs.Add(faults.Disarm().Count);
            items += page.Items().Length;
            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor != "");

        Assert.InRange(items, list == nameof(ListStuckRows) ? 0 : RowsCount, RowsCount + 1); // the one who looks, too
        Assert.InRange(costs.Count, RowsCount / PageSize, (RowsCount / PageSize) + 1);
        Assert.All(costs, cost => Assert.InRange(cost, 1, filling.CallsMax));
        Assert.Single(costs.Take(RowsCount / PageSize).Distinct());
    }

    private async Task Fill(Filling filling)
    {
        for (var i = 0; i < RowsCount; i += StoreLimits.WritesPerBatchMax)
        {
            var writes = Enumerable.Range(i, StoreLimits.WritesPerBatchMax).Select(filling.Row).ToArray();
            var outcome = await api.Store.Commit(
                writes[0].Partition,
                [.. writes.Select(each => new Write.Insert(each.Row.Key, Stored.Write(each.Row.Value)))],
                CancellationToken.None);
            Assert.IsType<CommitOutcome.Committed>(outcome);
        }
    }

    private static StateRow AuditRow(int i) => new(
        $"{AuditDay.EntryPrefix}:{Keys.Inverted(i + 1, 12)}",
        new AuditEntry(i + 1, new OperatorActedV1(Id(0), "a.test", Id(i), "why", null, "after", HandClock.Start), ""));

    private static StateRow OperatorRow(int i) => new(
        OperatorRows.Row(Id(i)),
        new Operator(Id(i), "小李", [OperatorRole.Analyst], "", HandClock.Start, HandClock.Start, RevokedAt: null));

    private static StateRow TemplateRow(int i)
    {
        var terms = new CouponTerms(
            Id(i), "满30减5", new Discount(DiscountKind.AmountOff, 500, null, null), 3_000, HandClock.Start,
            HandClock.Start.AddDays(1), ValidDays: 30, PerMember: 1);
        var template = new Template(terms, TemplateState.Draft, Version: 1, Stock: 1, Shards: 1);
        return new StateRow(CatalogueRows.Card(template).Head, template);
    }

    private static StateRow StuckRow(int i) => new(
        $"{StuckRows.Prefix}:{Keys.Hash(Id(i))}", new OutboxPointer("m:" + Id(i), Keys.Hash(Id(i))));

    private static StateRow AdjustmentRow(int i)
    {
        var end = HandClock.Start + ApprovalRules.WaitingTime;
        var adjustment = new WaitingAdjustment(
            WaitingAdjustment.IdOf(Id(i), Id(i)), Id(i), new Cause(Cause.Adjustment, Id(i)), 20_000, "why", Id(0),
            HandClock.Start, end, AdjustmentState.Waiting);
        return new StateRow(AdjustmentRows.Listed(adjustment).Head, adjustment);
    }

    private static string Id(int i) => Ids.From($"{i}");

    /// <param name="Row">The row of a number, and its partition.</param>
    /// <param name="CallsMax">What a page may ask of the store.</param>
    private sealed record Filling(Func<int, (string Partition, StateRow Row)> Row, int CallsMax);
}
