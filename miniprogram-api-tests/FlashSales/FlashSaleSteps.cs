using System.Text.Json;
using Pond.Tests.Orders;

namespace Pond.Tests.FlashSales;

/// <summary>What tests of flash sales do over and over.</summary>
internal static class FlashSaleSteps
{
    public const string FlashSalesPath = "/api/operator/flash-sales";

    public static Dictionary<string, object?> FlashSale(this MiniProgramApi api, string skuId, int pieces = 10) => new()
    {
        ["name"] = "春茶秒杀",
        ["skuId"] = skuId,
        ["priceFen"] = 990,
        ["pieces"] = pieces,
        ["startsAt"] = api.Clock.GetUtcNow(),
        ["endsAt"] = api.Clock.GetUtcNow().AddHours(2),
        ["payMinutes"] = 5,
    };

    /// <summary>A flash sale of a new product that anybody may claim from now on; its id.</summary>
    public static async Task<string> Drop(
        this MiniProgramApi api, int pieces = 10, int shards = 1, int perMember = 1, bool isHot = false,
        bool isInviteOnly = false, TimeSpan startsIn = default, string? skuId = null)
    {
        var sale = api.FlashSale(skuId ?? await api.Product(stock: pieces), pieces);
        (sale["shards"], sale["perMember"]) = (shards, perMember);
        (sale["isHot"], sale["isInviteOnly"]) = (isHot || shards > 1, isInviteOnly);
        sale["startsAt"] = api.Clock.GetUtcNow() + startsIn;
        return await api.Publish(sale);
    }

    public static async Task<string> Publish(this MiniProgramApi api, Dictionary<string, object?> sale)
    {
        var answer = await api.Operator().Post(FlashSalesPath, sale);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var id = (await answer.Json()).Text("activityId");
        (await api.SetState(id, "published")).EnsureSuccessStatusCode();
        return id;
    }

    public static Task<HttpResponseMessage> SetState(this MiniProgramApi api, string saleId, string state) =>
        api.Operator().Put($"/api/operator/activities/{saleId}/state", new { state });

    /// <summary>Lets what processes know of flash sales get old.</summary>
    public static void ForgetDrops(this MiniProgramApi api) => api.Clock.Advance(TimeSpan.FromSeconds(1));

    public static async Task<string> Ticket(this Phone phone, string saleId)
    {
        var answer = await phone.Post($"/api/flash-sales/{saleId}/tickets");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("ticket");
    }

    public static Task<HttpResponseMessage> Claim(
        this Phone phone, string saleId, string? ticket = null, string? fCode = null, string? key = null,
        string? addressId = null) =>
        phone.PostUntilAnswered($"/api/flash-sales/{saleId}/claims", new { addressId, ticket, fCode }, key);

    /// <summary>With a ticket of one's own; what it was answered.</summary>
    public static async Task<HttpResponseMessage> ClaimInTheRush(this Phone phone, string saleId) =>
        await phone.Claim(saleId, await phone.Ticket(saleId));

    /// <summary>A claim that got a slot; its id.</summary>
    public static async Task<string> Claimed(this Phone phone, string saleId)
    {
        var answer = await phone.Claim(saleId);
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("claimId");
    }

    /// <summary>A claim whose order waits to be paid; both ids.</summary>
    public static async Task<(string ClaimId, string OrderId)> Ordered(this Phone phone, string saleId)
    {
        var claimId = await phone.Claimed(saleId);
        await phone.Api.Deliver();
        var claim = await phone.ClaimOf(claimId);
        Assert.Equal("ordered", claim.Text("state"));
        return (claimId, claim.Text("orderId"));
    }

    public static async Task<JsonElement> ClaimOf(this Phone phone, string claimId) =>
        await (await phone.Get($"/api/claims/{claimId}")).Json();

    public static async Task<string> ClaimState(this Phone phone, string claimId) =>
        (await phone.ClaimOf(claimId)).Text("state");

    public static async Task<JsonElement> FlashSaleOf(this MiniProgramApi api, string saleId) =>
        await (await api.Http.GetAsync($"/api/flash-sales/{saleId}")).Json();

    public static async Task<long> PiecesLeft(this MiniProgramApi api, string saleId)
    {
        api.ForgetDrops();
        return (await api.FlashSaleOf(saleId)).Whole("piecesLeft");
    }

    public static async Task<string[]> FCodes(this MiniProgramApi api, string saleId, int count, string? key = null)
    {
        var answer = await api.Operator().Post($"{FlashSalesPath}/{saleId}/f-codes", new { count }, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return [.. (await answer.Json()).GetProperty("fCodes").EnumerateArray().Select(code => code.GetString()!)];
    }

    /// <summary>How often a refusal was given for each reason, and successes under "".</summary>
    public static async Task<Dictionary<string, int>> Codes(this IEnumerable<HttpResponseMessage> answers)
    {
        var codes = await Task.WhenAll(answers.Select(async answer =>
            answer.IsSuccessStatusCode ? "" : await answer.Code() ?? "?"));
        return codes.GroupBy(code => code).ToDictionary(same => same.Key, same => same.Count());
    }
}
