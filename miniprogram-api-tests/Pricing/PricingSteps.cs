using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Platform;
using Pond.Pricing;

namespace Pond.Tests.Pricing;

/// <summary>What tests of prices do over and over.</summary>
internal static class PricingSteps
{
    public const string PromotionsPath = "/api/operator/price-promotions";
    public const string FreightPath = "/api/operator/freight-templates";

    private static int orders;

    /// <summary>Five yuan off ten, for a day around the present of a test's clock.</summary>
    public static Dictionary<string, object?> Promotion(this MiniProgramApi api) => new()
    {
        ["name"] = "满10减5",
        ["kind"] = "fullReduction",
        ["startsAt"] = api.Clock.GetUtcNow().AddHours(-12),
        ["endsAt"] = api.Clock.GetUtcNow().AddHours(12),
        ["steps"] = new[] { new { leastFen = 1_000, offFen = 500 } },
    };

    public static Dictionary<string, object?> With(this Dictionary<string, object?> body, string field, object? value)
    {
        body[field] = value;
        return body;
    }

    /// <summary>A promotion's id.</summary>
    public static async Task<string> Draft(this MiniProgramApi api, Dictionary<string, object?> promotion)
    {
        var answer = await api.Operator().Post(PromotionsPath, promotion);
        answer.EnsureSuccessStatusCode();
        return (await answer.Json()).Text("promotionId");
    }

    public static async Task<string> Publish(this MiniProgramApi api, Dictionary<string, object?> promotion)
    {
        var id = await api.Draft(promotion);
        (await api.SetState(id, "published")).EnsureSuccessStatusCode();
        return id;
    }

    public static Task<HttpResponseMessage> SetState(this MiniProgramApi api, string promotionId, string state) =>
        api.Operator().Put($"{PromotionsPath}/{promotionId}/state", new { state });

    public static async Task<(long Uses, long SpentFen)> UsesOf(this MiniProgramApi api, string promotionId)
    {
        var answer = await (await api.Operator().Get($"{PromotionsPath}/{promotionId}")).Json();
        return (answer.Whole("usesCount"), answer.Whole("spentFen"));
    }

    public static string NewOrder() => Ids.From($"order-{Interlocked.Increment(ref orders)}");

    public static Task<Refusal?> Reserve(
        this MiniProgramApi api, string orderId, Phone member, params PromotionUse[] uses) => api.Services
        .GetRequiredService<PromotionUses>().Reserve(orderId, member.MemberId, uses, CancellationToken.None);

    public static JsonElement Explained(this JsonElement quote, string id) =>
        quote.GetProperty("explain").EnumerateArray().Single(one => one.Text("id") == id);
}
