using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.Channels;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Leaderboards;
using Pond.Members;
using Pond.Operators;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform.Http;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Pricing;
using Pond.Products;
using Pond.Promotions;
using Pond.Referrals;
using Pond.Tags;
using Pond.Tests.Activities;
using Pond.Tests.Coupons;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.Points;
using Pond.Tests.Products;
using Pond.Tests.Tiers;
using Pond.Tests.Touches;
using Pond.Tiers;
using Pond.Touches;

namespace Pond.Tests.Http;

/// <summary>Every list that grows with the years costs the same on its last page as on its first.</summary>
public sealed class PagingLongLists : IAsyncLifetime
{
    private const int RowsAll = 10_000;
    private const int SeqDigits = 12;

    private static readonly string Today = $"{ChinaDay.Of(HandClock.Start).Date:yyyy-MM-dd}";

    private static readonly Dictionary<string, LongList> Lists = new()
    {
        [nameof(ListPointsEntries)] = new("me/points/entries", "seq", PointsRows.EntryPrefix, IsOfMember: true),
        [nameof(ListAudit)] = new($"operator/audit/{Today}", "number", AuditDay.EntryPrefix),
        [nameof(ListMyCoupons)] = new("me/coupons", "couponId", WalletRows.Prefix, IsOfMember: true),
        [nameof(ListMyOrders)] = new("me/orders", "orderId", OrderRows.Prefix, IsOfMember: true),
        [nameof(ListCoupons)] = new("coupons", "templateId", CatalogueRows.Prefix),
        [nameof(ListCouponTemplates)] = new("operator/coupon-templates", "templateId", CatalogueRows.Prefix),
        [nameof(ListOperators)] = new("operator/operators", "operatorId", OperatorRows.Prefix),
        [nameof(ListCodeBatches)] =
            new("operator/coupon-templates/{templateId}/code-batches", "batchId", CodeBatchRows.Prefix),
        [nameof(ListMemberCoupons)] =
            new("operator/members/{memberId}/coupons", "couponId", WalletRows.Prefix, IsOfMember: true),
        [nameof(ListMemberTouches)] =
            new("operator/members/{memberId}/touches", "touchId", TouchRows.Prefix, IsOfMember: true),
        [nameof(ListWaitingAdjustments)] =
            new("operator/points-adjustments", "adjustmentId", AdjustmentRows.ListPrefix),
        [nameof(ListGrowthEntries)] = new("me/growth/entries", "seq", TierRows.EntryPrefix, IsOfMember: true),
        [nameof(ListTierChanges)] =
            new("operator/members/{memberId}/tier-changes", "seq", TierRows.ChangePrefix, IsOfMember: true),
        [nameof(ListFreightTemplates)] = new("operator/freight-templates", "freightId", FreightRows.Prefix),
        [nameof(ListChannels)] = new("operator/channels", "channelId", ChannelRows.Prefix),
        [nameof(ListPricePromotions)] = new("operator/price-promotions", "promotionId", PromotionRows.Prefix),
        [nameof(ListPromotions)] = new("operator/promotions", "promotionId", PromotionBook.Prefix),
        [nameof(ListActivities)] = new("operator/activities", "activityId", ActivityRows.Prefix),
        [nameof(ListProducts)] = new("products", "spuId", ProductCards.Prefix),
        [nameof(ListAllProducts)] = new("operator/products", "spuId", ProductCards.Prefix),
        [nameof(ListPriceChanges)] =
            new("operator/products/{spuId}/price-changes", "version", ProductRows.PricePrefix),
        [nameof(ListStockEntries)] =
            new("operator/skus/{skuId}/stock-shards/0/entries", "seq", StockRows.EntryPrefix),
    };

    /// <summary>
    /// What went wrong and waits for a person, of stuck rows at the cost of a call more an item; a file's rows; the
    /// orders of one day, of which each page asks the day's four partitions; and tags, which are five hundred at most.
    /// </summary>
    private static readonly Type[] Few =
    [
        typeof(ListStuckRows), typeof(ListRefusedGifts), typeof(ListImportErrors), typeof(ListWaitingRefunds),
        typeof(ListPaymentTickets), typeof(ListOrders), typeof(ListReferralReviews), typeof(ListMyReferrals),
        typeof(ListLeaderboards), typeof(ListMyHonours),
        typeof(ListTags),
    ];

    private static readonly (string Path, string Function)[] Priced =
    [
        ("promotions", nameof(CreatePromotion)),
        ("freight-templates", nameof(CreateFreightTemplate)), ("price-promotions", nameof(CreatePricePromotion)),
        ("channels", nameof(CreateChannel)),
    ];

    private CountingStore counting = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private string templateId = "";
    private string skuId = "";

    public static TheoryData<string> AllLists => [.. Lists.Keys];

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start(change: services => services.AddSingleton<PartitionStore>(all =>
            counting = new CountingStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()))));
        alice = await api.LogIn("alice");
        await api.Give(alice, 1);
        templateId = await api.PublishTemplate();
        await api.MakeCodes(templateId, 1);
        await api.Deliver();
        (await alice.Post(CouponSteps.ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.AskFor(alice, 20_000);
        skuId = await api.Sell(stock: 1);
        await api.Draft(ActivitySteps.Plan(api, skuId));
        foreach (var (path, function) in Priced)
            (await api.Operator().Post($"/api/operator/{path}", RequestExamples.Of(function))).EnsureSuccessStatusCode();
        await alice.Placed(new Wish(skuId) { AddressId = await alice.Address() });
        await api.SetProgramme();
        await api.Grow(alice, 1_000);
        await api.PlanTouch(alice, Occasion.Announcement, "一");
        await api.Deliver();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public void Every_paged_list_is_here_but_those_that_stay_short() => Assert.Equal(
        from type in typeof(Composition).Assembly.GetTypes()
        where type.GetMethods().Any(method => method.IsDefined(typeof(PagedAttribute)))
        where !Few.Contains(type)
        orderby type.Name
        select type.Name,
        Lists.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(AllLists))]
    public async Task Ten_thousand_rows_are_seen_once_each_at_the_same_cost_a_page(string function)
    {
        var list = Lists[function];
        await Fill(list);
        var reader = list.Route.StartsWith("me/", StringComparison.Ordinal) ? alice : api.Operator();
        var route = list.Route
            .Replace("{memberId}", alice.MemberId, StringComparison.Ordinal)
            .Replace("{templateId}", templateId, StringComparison.Ordinal)
            .Replace("{spuId}", ProductSteps.SpuOf(skuId), StringComparison.Ordinal)
            .Replace("{skuId}", skuId, StringComparison.Ordinal);
        var (seen, costs, cursor) = (new HashSet<string>(), new HashSet<int>(), "");
        do
        {
            counting.Reset();
            var query = $"?limit={Paging.LimitMax}" + (cursor.Length > 0 ? $"&cursor={cursor}" : "");
            var page = await (await reader.Get($"/api/{route}{query}")).EnsureSuccessStatusCode().Json();
            costs.Add(counting.Calls);
            Assert.InRange(counting.RowsRanged, 1, Paging.LimitMax + 1);
            Assert.All(page.Items(), item => Assert.True(seen.Add(list.IdOf(item)), list.IdOf(item)));
            cursor = page.GetProperty("next").GetString() ?? "";
        }
        while (cursor.Length > 0);

        Assert.Equal(RowsAll, seen.Count);
        Assert.InRange(costs.Max() - costs.Min(), 0, 1); // the audit asks for each operator's name once a page
    }

    // Copies of a row that the app wrote itself, each under an id or a number of its own.
    private async Task Fill(LongList list)
    {
        _ = api.Operator();
        StoredRow[] rows =
        [
            .. StoredRow.All(api).Where(row => row.Key.StartsWith(list.Prefix + ":", StringComparison.Ordinal)
                && (!list.IsOfMember || row.Partition == MemberRows.Partition(alice.MemberId))
                && (list.IsOfMember || !row.Partition.StartsWith("m:", StringComparison.Ordinal))),
        ];
        var (first, copies) = (rows[^1], Enumerable.Range(rows.Length + 1, RowsAll - rows.Length));
        foreach (var batch in copies.Select(number => list.Copy(first, number)).Chunk(StoreLimits.WritesPerBatchMax))
            Assert.IsType<CommitOutcome.Committed>(await counting.Commit(first.Partition, batch, CancellationToken.None));
    }

    private sealed record LongList(string Route, string Id, string Prefix, bool IsOfMember = false)
    {
        private bool IsNumbered => Id is "seq" or "number" or "version";

        public string IdOf(JsonElement item) => IsNumbered ? $"{item.Whole(Id)}"
            : item.TryGetProperty("offer", out var offer) ? offer.Text(Id)
            : item.TryGetProperty("coupon", out var coupon) ? coupon.Text(Id)
            : item.Text(Id);

        public Write.Insert Copy(StoredRow row, int number) => IsNumbered
            ? new Write.Insert(
                $"{Prefix}:{Keys.Inverted(number, SeqDigits)}",
                row.Data.Replace($"\"{Id}\":1,", $"\"{Id}\":{number},", StringComparison.Ordinal))
            : Renamed(row, row.Key[(row.Key.LastIndexOf(':') + 1)..], number);

        private static Write.Insert Renamed(StoredRow row, string id, int number)
        {
            var other = id[..^5] + number.ToString("D5", CultureInfo.InvariantCulture);
            return new Write.Insert(
                row.Key.Replace(id, other, StringComparison.Ordinal),
                row.Data.Replace(id, other, StringComparison.Ordinal));
        }
    }

    /// <summary>A store that counts its calls, and the rows that it found in ranges, the one behind a page too.</summary>
    private sealed class CountingStore(PartitionStore inner) : PartitionStore
    {
        private int calls;
        private int rowsRanged;

        public int Calls => calls;

        public int RowsRanged => rowsRanged;

        public void Reset() => (calls, rowsRanged) = (0, 0);

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel)
        {
            Interlocked.Increment(ref calls);
            return inner.Find(partition, row, cancel);
        }

        protected override async Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel)
        {
            Interlocked.Increment(ref calls);
            var page = await inner.Range(partition, from, until, limit, cancel);
            Interlocked.Add(ref rowsRanged, page.Rows.Count + (page.Next is null ? 0 : 1));
            return page;
        }

        protected override Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
        {
            Interlocked.Increment(ref calls);
            return inner.Commit(partition, writes, cancel);
        }
    }
}
