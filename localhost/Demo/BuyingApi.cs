namespace Pond.LocalHost.Demo;

/// <summary>The requests of selling and buying.</summary>
internal static class BuyingApi
{
    private const string Promotions = "/api/operator/price-promotions";

    private static readonly string[] Pictures = ["https://cdn.example.com/tea.jpg"];
    private static readonly int[] FirstLine = [1];

    public static Request CreateProduct(string operatorKey, Tea tea, string key) => new(
        HttpMethod.Post,
        "/api/operator/products",
        operatorKey,
        new
        {
            tea.SpuId,
            categoryId = Tea.CategoryId,
            title = tea.Name,
            imageUrls = Pictures,
            skus = new[]
            {
                new
                {
                    tea.SkuId,
                    specs = new[] { new { property = "净含量", value = "100 克" } },
                    tea.PriceFen,
                    repurchaseCycleDays = 30,
                },
            },
        },
        key);

    public static Request PutOnSale(string operatorKey, Tea tea) => new(
        HttpMethod.Put, $"/api/operator/products/{tea.SpuId}/state", operatorKey,
        new { state = "onSale", reason = "开店上架" });

    public static Request Stock(string operatorKey, Tea tea) =>
        new(HttpMethod.Get, $"/api/operator/skus/{tea.SkuId}/stock", operatorKey);

    public static Request AddStock(string operatorKey, Tea tea, long quantity, string key) => new(
        HttpMethod.Post, $"/api/operator/skus/{tea.SkuId}/stock-adjustments", operatorKey,
        new { quantity, reason = "到货入库" }, key);

    public static Request ListPromotions(string operatorKey) =>
        new(HttpMethod.Get, $"{Promotions}?limit=100", operatorKey);

    public static Request CreatePromotion(
        string operatorKey, Reduction reduction, DateTimeOffset startsAt, DateTimeOffset endsAt, string key) => new(
        HttpMethod.Post,
        Promotions,
        operatorKey,
        new
        {
            reduction.Name,
            kind = "fullReduction",
            startsAt,
            endsAt,
            steps = new[] { new { reduction.LeastFen, reduction.OffFen } },
        },
        key);

    public static Request PublishPromotion(string operatorKey, string promotionId) =>
        new(HttpMethod.Put, $"{Promotions}/{promotionId}/state", operatorKey, new { state = "published" });

    /// <summary>No coupon, so that what the member has claimed is there for a later run.</summary>
    public static object Cart(Tea tea, int quantity) => new
    {
        lines = new[] { new { tea.SkuId, quantity } },
        couponIds = Array.Empty<string>(),
    };

    public static Request Quote(string bearer, Tea tea, int quantity) =>
        new(HttpMethod.Post, "/api/quotes", bearer, Cart(tea, quantity));

    public static Request Place(string bearer, Tea tea, int quantity, string quoteToken, string key) => new(
        HttpMethod.Post,
        "/api/orders",
        bearer,
        new { lines = new[] { new { tea.SkuId, quantity } }, couponIds = Array.Empty<string>(), quoteToken },
        key);

    public static Request Order(string bearer, string orderId) => new(HttpMethod.Get, $"/api/orders/{orderId}", bearer);

    public static Request Pay(string bearer, string orderId, string key) =>
        new(HttpMethod.Post, $"/api/orders/{orderId}/payment", bearer, IdempotencyKey: key);

    /// <summary>What <c>wx.requestPayment</c> does on a phone whose owner says yes.</summary>
    public static Request RequestPayment(Uri sandbox, string shopper, PaymentParametersAnswer parameters) => new(
        HttpMethod.Post,
        new Uri(sandbox, "/__sandbox/payment-requests").ToString(),
        Body: new
        {
            shopper,
            parameters.TimeStamp,
            parameters.NonceStr,
            parameters.Package,
            parameters.SignType,
            parameters.PaySign,
        });

    public static Request Refund(string operatorKey, string orderId, int quantity, string key) => new(
        HttpMethod.Post,
        $"/api/operator/orders/{orderId}/refunds",
        operatorKey,
        new { lines = new[] { new { lineNumber = 1, quantity } }, reason = "少发一罐", restockedLines = FirstLine },
        key);

    public static Request Tier(string bearer) => new(HttpMethod.Get, "/api/me/tier", bearer);
}
