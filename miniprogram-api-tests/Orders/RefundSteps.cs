using System.Net;
using System.Text.Json;
using Pond.Orders;
using Pond.Payments;

namespace Pond.Tests.Orders;

/// <summary>What tests of refunds and parcels do over and over.</summary>
internal static class RefundSteps
{
    private static int products;

    /// <summary>Buys several things at once: WeChat has the money, and everybody has heard of it.</summary>
    public static async Task<string> BoughtAll(
        this Phone phone, (string SkuId, int Quantity)[] wants, string? couponId = null, long points = 0,
        string? addressId = null)
    {
        var lines = wants.Select(want => new { skuId = want.SkuId, quantity = want.Quantity }).ToArray();
        string[] couponIds = couponId is null ? [] : [couponId];
        var quote = await phone.Post("/api/quotes", new { lines, couponIds, points, addressId });
        Assert.True(quote.IsSuccessStatusCode, await quote.Content.ReadAsStringAsync());
        var quoteToken = (await quote.Json()).Text("token");
        var placed = await phone.Post("/api/orders", new { lines, couponIds, points, addressId, quoteToken });
        Assert.True(placed.StatusCode is HttpStatusCode.Created, await placed.Content.ReadAsStringAsync());
        var order = await placed.Json();
        if (order.Text("state") == "awaitingPayment")
            phone.Api.Sandbox.Pay.Pay(await phone.Paying(order.Text("orderId")));
        await phone.Api.Tell();
        return order.Text("orderId");
    }

    public static Task<HttpResponseMessage> AskBack(
        this Phone phone, string orderId, (int LineNumber, int Quantity)[]? lines = null, string kind = "moneyOnly",
        string? key = null) =>
        phone.Post($"/api/orders/{orderId}/refunds", new
        {
            kind,
            reason = "unwanted",
            lines = lines?.Select(line => new { lineNumber = line.LineNumber, quantity = line.Quantity }),
        }, key);

    public static Task<HttpResponseMessage> Decide(
        this MiniProgramApi api, string orderId, int number, bool isYes = true, int[]? restocked = null,
        bool isFault = false) =>
        api.Operator().Post($"/api/operator/orders/{orderId}/refunds/{number}/decision", new
        {
            answer = isYes ? "agree" : "refuse",
            isMerchantsFault = isFault,
            restockedLines = restocked,
            reason = "已核实",
        });

    public static Task<HttpResponseMessage> SendGoodsBack(this Phone phone, string orderId, int number) =>
        phone.Post($"/api/orders/{orderId}/refunds/{number}/return-shipment", new { company = "SF", trackingNo = "SF000111222" });

    public static Task<HttpResponseMessage> Ship(
        this MiniProgramApi api, string orderId, int[]? lines = null, string? company = "YTO", string? trackingNo = "YT100200300") =>
        api.Operator().Post($"/api/operator/orders/{orderId}/shipments", new
        {
            company,
            trackingNo,
            lineNumbers = lines,
            reason = "仓库发货",
        });

    /// <summary>Asked, agreed, paid back by WeChat, and everybody has heard of it.</summary>
    public static async Task<JsonElement> Refunded(
        this Phone phone, string orderId, (int LineNumber, int Quantity)[]? lines = null, int[]? restocked = null)
    {
        var asked = await phone.AskBack(orderId, lines);
        Assert.True(asked.StatusCode is HttpStatusCode.Created, await asked.Content.ReadAsStringAsync());
        await phone.Api.Deliver(); // the shop's list
        var number = (int)(await asked.Json()).Whole("number");
        var agreed = await phone.Api.Decide(orderId, number, restocked: restocked);
        Assert.True(agreed.IsSuccessStatusCode, await agreed.Content.ReadAsStringAsync());
        await phone.Api.PayBack();
        return await phone.Refund(orderId, number);
    }

    /// <summary>The app hears of what is wanted, WeChat pays and tells, and the app hears of that.</summary>
    public static async Task PayBack(this MiniProgramApi api)
    {
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromMinutes(2)); // WeChat takes a moment
        await api.Tell();
        await api.Fire(nameof(GoOnWithRefunds)); // of one payment, one at a time
        await api.Tell();
    }

    public static async Task<JsonElement> Refund(this Phone phone, string orderId, int number) =>
        (await phone.Order(orderId)).GetProperty("refunds").EnumerateArray()
            .Single(refund => refund.Whole("number") == number);

    /// <summary>A product that a carrier brings, for a freight that does not depend on how much it is.</summary>
    public static async Task<string> SentProduct(this MiniProgramApi api, long priceFen, long freightFen)
    {
        var shop = api.Operator();
        var freight = await shop.Post("/api/operator/freight-templates", new
        {
            name = "全国一口价",
            measure = "pieces",
            rates = new { firstUnits = 100, firstFen = freightFen, moreUnits = 100, moreFen = 0 },
            reason = "a test",
        });
        Assert.True(freight.IsSuccessStatusCode, await freight.Content.ReadAsStringAsync());
        var number = Interlocked.Increment(ref products);
        var (spuId, skuId) = ($"sent-{number}", $"sent-{number}-a");
        (await shop.Post("/api/operator/products", new
        {
            spuId,
            categoryId = "drinks",
            title = "碧螺春",
            imageUrls = new[] { "https://example.com/tea.jpg" },
            freightTemplateId = (await freight.Json()).Text("freightId"),
            skus = new[] { new { skuId, specs = Array.Empty<object>(), priceFen } },
        })).EnsureSuccessStatusCode();
        (await shop.Put($"/api/operator/products/{spuId}/state", new { state = "onSale", reason = "a test" }))
            .EnsureSuccessStatusCode();
        await api.AddStock(skuId, 100);
        return skuId;
    }

    /// <summary>Days go by, the timer serves what is due, and everybody hears of it.</summary>
    public static async Task PassDays(this MiniProgramApi api, double days)
    {
        api.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1));
        await api.Fire(nameof(ServeWaitingOrders));
        await api.Deliver();
    }
}
