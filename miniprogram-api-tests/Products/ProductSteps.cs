using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Products;

/// <summary>What tests of products do over and over.</summary>
internal static class ProductSteps
{
    public const string ProductsPath = "/api/operator/products";
    public const string ImportsPath = "/api/operator/product-imports";

    private static int numbers;

    /// <summary>An id that no product, SKU or category has.</summary>
    public static string NewId(string prefix = "goods") => $"{prefix}-{Interlocked.Increment(ref numbers):D6}x";

    public static Dictionary<string, object?> Sku(string skuId, long priceFen = 4_000, string weight = "50克", int shards = 1) => new()
    {
        ["skuId"] = skuId,
        ["specs"] = new[] { new { property = "净含量", value = weight } },
        ["priceFen"] = priceFen,
        ["weightGrams"] = 80,
        ["volumeCm3"] = 400,
        ["perOrderMax"] = 10,
        ["stockShards"] = shards,
        ["repurchaseCycleDays"] = 30,
        ["packUnits"] = 2,
    };

    public static Dictionary<string, object?> Product(string spuId, params Dictionary<string, object?>[] skus) => new()
    {
        ["spuId"] = spuId,
        ["categoryId"] = "green-tea",
        ["title"] = "西湖龙井",
        ["description"] = "明前手工炒制",
        ["imageUrls"] = new[] { "https://img.example.com/longjing.jpg" },
        ["freightTemplateId"] = null,
        ["skus"] = skus,
    };

    /// <summary>The same as its next version.</summary>
    public static Dictionary<string, object?> Next(this Dictionary<string, object?> product, long version)
    {
        var next = new Dictionary<string, object?>(product) { ["version"] = version, ["reason"] = "换新" };
        next.Remove("spuId");
        return next;
    }

    public static async Task<HttpResponseMessage> Create(this MiniProgramApi api, Dictionary<string, object?> product) =>
        await api.Operator().Post(ProductsPath, product);

    public static Task<HttpResponseMessage> Move(this MiniProgramApi api, string spuId, string state) =>
        api.Operator().Put($"{ProductsPath}/{spuId}/state", new { state, reason = "调整上架" });

    /// <summary>The product of a variant that was made by <see cref="Sell"/>.</summary>
    public static string SpuOf(string skuId) => skuId.Replace("sku", "spu", StringComparison.Ordinal);

    /// <summary>A product on sale with one variant and its stock; the id of the variant.</summary>
    public static async Task<string> Sell(this MiniProgramApi api, int stock, int shards = 1)
    {
        var skuId = NewId("sku");
        var spuId = SpuOf(skuId);
        (await api.Create(Product(spuId, Sku(skuId, shards: shards)))).EnsureSuccessStatusCode();
        (await api.Move(spuId, "onSale")).EnsureSuccessStatusCode();
        if (stock > 0) (await api.Adjust(skuId, stock)).EnsureSuccessStatusCode();
        return skuId;
    }

    public static Task<HttpResponseMessage> Adjust(
        this MiniProgramApi api, string skuId, int quantity, string? key = null) =>
        api.Operator().Adjust(skuId, quantity, key);

    public static Task<HttpResponseMessage> Adjust(
        this Phone console, string skuId, int quantity, string? key = null) =>
        console.Post($"/api/operator/skus/{skuId}/stock-adjustments", new { quantity, reason = "盘点" }, key);

    /// <summary>What is on hand and what orders keep, as the operator sees it.</summary>
    public static async Task<(long OnHand, long Reserved)> StockOf(this MiniProgramApi api, string skuId)
    {
        var stock = await (await api.Operator().Get($"/api/operator/skus/{skuId}/stock")).Json();
        return (stock.Whole("onHand"), stock.Whole("reserved"));
    }

    /// <summary>All entries of a SKU's ledgers.</summary>
    public static async Task<JsonElement[]> EntriesOf(this MiniProgramApi api, string skuId, int shards = 1)
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard =>
            api.Operator().AllPages($"/api/operator/skus/{skuId}/stock-shards/{shard}/entries", 100)));
        return [.. ledgers.SelectMany(entries => entries)];
    }

    public static async Task<(IReadOnlyList<ReservedStock> Reserved, string? WhyNot)> Reserve(
        this MiniProgramApi api, string orderId, params (string SkuId, int Quantity)[] wants)
    {
        var skus = await api.Services.GetRequiredService<ProductCatalogue>()
            .Find([.. wants.Select(want => want.SkuId)], CancellationToken.None);
        var (reserved, whyNot) = await api.Services.GetRequiredService<StockReservations>().Reserve(
            orderId, [.. wants.Select(want => new StockWant(want.SkuId, skus[want.SkuId].StockShards, want.Quantity))], CancellationToken.None);
        return (reserved, whyNot?.Code);
    }

    /// <summary>What an order has of a SKU in all its shards, whatever has become of it.</summary>
    public static async Task<IReadOnlyList<OrderStock>> Has(
        this MiniProgramApi api, string orderId, string skuId, int shards)
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => api.Store.Find<OrderStock>(
            StockRows.Partition(skuId, shard), StockRows.OrderRow(orderId), CancellationToken.None)));
        return [.. rows.OfType<OrderStock>()];
    }

    public static OrderSettledV1 Settled(
        string orderId, bool isPaid, IReadOnlyList<ReservedStock> stock, StockWant wanted) =>
        new(orderId, "member", isPaid, stock, [wanted], [], 0, [], HandClock.Start);

    public static OrderRefundedV1 Refunded(string orderId, int number, params ReservedStock[] restocked) =>
        new(orderId, "member", number, 0, 0, 0, 0, 0, 0, 0, 0, [], [], [], false, false, restocked, HandClock.Start);

    /// <summary>Says so to the stock, as orders do; the message waits for its delivery.</summary>
    public static Task Tell(this MiniProgramApi api, OrderSettledV1 settled) =>
        api.Leave(new Message(OrderMessages.SettledStockQueue, settled));

    public static Task Tell(this MiniProgramApi api, OrderRefundedV1 refunded) =>
        api.Leave(new Message(OrderMessages.RefundedStockQueue, refunded));

    /// <summary>Hands a file in.</summary>
    public static async Task<HttpResponseMessage> Import(
        this Phone phone, string csv, string? key = null, string mediaType = "text/csv")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ImportsPath);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", phone.AccessToken);
        request.Headers.Add("Idempotency-Key", key ?? Phone.NewKey());
        request.Content = new StringContent(csv, Encoding.UTF8, mediaType);
        return await phone.Api.Http.SendAsync(request);
    }

    private static async Task Leave(this MiniProgramApi api, Message message)
    {
        var layout = new Layout<string?, string>(
            $"test:{Phone.NewKey()}", "head", Loads: [],
            Read: _ => null,
            Write: state => [new StateRow("head", state!)],
            Evolve: (_, fact) => fact,
            Announce: _ => [message]);
        await api.Services.GetRequiredService<Transactor>().Run(
            layout, new Operation("Test", "told", Fingerprint: null), (_, _) => (Decision<string>)"told",
            CancellationToken.None);
    }
}
