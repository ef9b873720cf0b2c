using System.Net;
using System.Text.Json;
using Pond.Tests.Coupons;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>What somebody wants to order.</summary>
internal sealed record Wish(string SkuId, int Quantity = 1)
{
    public IReadOnlyList<string>? CouponIds { get; init; } = [];

    public long Points { get; init; }

    public string? AddressId { get; init; }

    public string? Note { get; init; }

    public object Quoted() => new
    {
        lines = new[] { new { skuId = SkuId, quantity = Quantity } },
        couponIds = CouponIds,
        points = Points,
        addressId = AddressId,
    };

    public object Ordered(string token) => new
    {
        lines = new[] { new { skuId = SkuId, quantity = Quantity } },
        couponIds = CouponIds,
        points = Points,
        addressId = AddressId,
        quoteToken = token,
        note = Note,
    };
}

/// <summary>What tests of orders do over and over.</summary>
internal static class OrderSteps
{
    private static int products;

    /// <summary>A product on sale that needs no sending; its only SKU.</summary>
    public static async Task<string> Product(
        this MiniProgramApi api, long priceFen = 4_000, int stock = 100, int weightGrams = 0, int shards = 1,
        string title = "龙井")
    {
        var number = Interlocked.Increment(ref products);
        var (spuId, skuId, shop) = ($"tea-{number}", $"tea-{number}-a", api.Operator());
        (await shop.Post(
            "/api/operator/products", ProductBody(skuId, priceFen, weightGrams, shards, spuId, title)))
            .EnsureSuccessStatusCode();
        (await shop.Put($"/api/operator/products/{spuId}/state", new { state = "onSale", reason = "a test" }))
            .EnsureSuccessStatusCode();
        if (stock > 0) await api.AddStock(skuId, stock);
        return skuId;
    }

    public static async Task AddStock(this MiniProgramApi api, string skuId, int quantity) =>
        (await api.Operator().Post(
            $"/api/operator/skus/{skuId}/stock-adjustments", new { quantity, reason = "a test" }))
            .EnsureSuccessStatusCode();

    public static async Task ChangePrice(this MiniProgramApi api, string skuId, long priceFen)
    {
        var (path, body) = ($"/api/operator/products/{skuId[..^2]}", ProductBody(skuId, priceFen, 0, 1));
        body["version"] = (await (await api.Operator().Get(path)).Json()).Whole("version");
        body["reason"] = "a test";
        (await api.Operator().Put(path, body)).EnsureSuccessStatusCode();
    }

    /// <summary>Pieces of a SKU: all, and those that unpaid orders keep.</summary>
    public static async Task<(long OnHand, long Reserved)> StockOf(this MiniProgramApi api, string skuId)
    {
        var stock = await (await api.Operator().Get($"/api/operator/skus/{skuId}/stock")).Json();
        return (stock.Whole("onHand"), stock.Whole("reserved"));
    }

    /// <summary>A coupon in the wallet: ¥5 off ¥30.</summary>
    public static async Task<string> Coupon(this Phone phone)
    {
        var answer = await phone.Post(CouponSteps.ClaimsOf(await phone.Api.PublishTemplate()));
        await phone.Api.Deliver();
        return (await answer.Json()).Text("couponId");
    }

    public static async Task<string?> CouponState(this Phone phone, string couponId) =>
        (await (await phone.Get("/api/me/coupons")).Json()).Items()
            .SingleOrDefault(coupon => coupon.Text("couponId") == couponId) is { ValueKind: JsonValueKind.Object } found
            ? found.Text("state")
            : null;

    public static async Task<string> Address(this Phone phone)
    {
        var answer = await phone.Post("/api/me/addresses", new
        {
            userName = "王小明",
            telNumber = "13800138000",
            provinceName = "浙江省",
            cityName = "杭州市",
            countyName = "西湖区",
            detailInfo = "龙井路 1 号",
            nationalCode = "330106",
        });
        return (await answer.Json()).Text("addressId");
    }

    public static async Task<JsonElement> Quote(this Phone phone, Wish wish)
    {
        var answer = await phone.Post("/api/quotes", wish.Quoted());
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    public static async Task<HttpResponseMessage> Order(this Phone phone, Wish wish, string? key = null) =>
        await phone.Order(wish, (await phone.Quote(wish)).Text("token"), key);

    public static Task<HttpResponseMessage> Order(this Phone phone, Wish wish, string token, string? key) =>
        phone.Post("/api/orders", wish.Ordered(token), key);

    /// <summary>An order that waits to be paid; its id.</summary>
    public static async Task<string> Placed(this Phone phone, Wish wish)
    {
        var answer = await phone.Order(wish);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("orderId");
    }

    public static async Task<JsonElement> Order(this Phone phone, string orderId) =>
        await (await phone.Get($"/api/orders/{orderId}")).Json();

    public static async Task<string> OrderState(this Phone phone, string orderId) =>
        (await phone.Order(orderId)).Text("state");

    public static Task<HttpResponseMessage> StartPaying(this Phone phone, string orderId, string? key = null) =>
        phone.Post($"/api/orders/{orderId}/payment", key: key);

    /// <summary>A payment that WeChat has prepared; our number.</summary>
    public static async Task<string> Paying(this Phone phone, string orderId, int attempt = 1)
    {
        var answer = await phone.StartPaying(orderId);
        Assert.Equal("ready", (await answer.Json()).Text("state"));
        return $"{orderId}-{attempt:00}";
    }

    /// <summary>WeChat tells what is due, and the app hears its messages.</summary>
    public static async Task Tell(this MiniProgramApi api)
    {
        await api.Sandbox.Pay.SendDue(CancellationToken.None);
        await api.Deliver();
    }

    /// <summary>An order that is paid, and everybody has heard of it.</summary>
    public static async Task<string> Bought(this Phone phone, Wish wish)
    {
        var orderId = await phone.Placed(wish);
        phone.Api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await phone.Api.Tell();
        return orderId;
    }

    public static Task<HttpResponseMessage> Cancel(this Phone phone, string orderId, string? reason = null) =>
        phone.Post($"/api/orders/{orderId}/cancellation", reason is null ? new { } : new { reason });

    /// <summary>What the shopper can use again: points that can be spent, and the coupon's state, null once it is used.</summary>
    public static async Task<(long Points, string? Coupon)> Wealth(this Phone phone, string couponId) =>
        (await phone.SpendablePoints(), await phone.CouponState(couponId));

    private static Dictionary<string, object?> ProductBody(
        string skuId, long priceFen, int weightGrams, int shards, string? spuId = null, string title = "龙井")
    {
        var body = new Dictionary<string, object?>
        {
            ["categoryId"] = "drinks",
            ["title"] = title,
            ["imageUrls"] = new[] { "https://example.com/tea.jpg" },
            ["skus"] = new[]
            {
                new { skuId, specs = Array.Empty<object>(), priceFen, weightGrams, stockShards = shards },
            },
        };
        if (spuId is not null) body["spuId"] = spuId;
        return body;
    }
}
