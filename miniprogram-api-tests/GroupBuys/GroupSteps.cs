using System.Net;
using System.Text.Json;
using Pond.Activities;
using Pond.GroupBuys;
using Pond.Tests.Orders;

namespace Pond.Tests.GroupBuys;

/// <summary>A group-buy that is open.</summary>
internal sealed record OpenGroupBuy(string ActivityId, string SkuId);

/// <summary>What tests of group-buys do over and over.</summary>
internal static class GroupSteps
{
    public const long ListFen = 4_000;
    public const long PriceFen = 3_000;

    private static readonly TimeSpan Seat = TimeSpan.FromMinutes(10);

    /// <summary>A body to create one: three people, ¥30 in place of ¥40, a day for each group.</summary>
    public static Dictionary<string, object?> Body(
        this MiniProgramApi api, string skuId, int pieces = 50, params (int Size, long OffFen)[] steps) => new()
        {
            ["name"] = "三人团",
            ["startsAt"] = api.Clock.GetUtcNow(),
            ["endsAt"] = api.Clock.GetUtcNow().AddDays(7),
            ["goods"] = new[] { new { skuId, pieces, priceFen = PriceFen } },
            ["steps"] = (steps is [] ? [(3, 0)] : steps).Select(step => new { size = step.Size, offFen = step.OffFen }),
        };

    /// <summary>It is published.</summary>
    public static async Task<OpenGroupBuy> GroupBuy(
        this MiniProgramApi api, Action<Dictionary<string, object?>>? change = null, int pieces = 50,
        string? of = null, params (int Size, long OffFen)[] steps)
    {
        var skuId = of ?? await api.Product(ListFen, stock: pieces + 10);
        var body = api.Body(skuId, pieces, steps);
        change?.Invoke(body);
        var created = await api.Operator().Post("/api/operator/group-buys", body);
        Assert.True(created.StatusCode is HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var activityId = (await created.Json()).Text("activityId");
        var published = await api.Operator().Put($"/api/operator/activities/{activityId}/state", new { state = "published" });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        Assert.Equal("published", (await published.Json()).Text("state"));
        return new OpenGroupBuy(activityId, skuId);
    }

    public static Task<HttpResponseMessage> TryStart(
        this Phone phone, OpenGroupBuy buy, int quantity = 1, string? key = null) =>
        phone.Post($"/api/group-buys/{buy.ActivityId}/groups", new { skuId = buy.SkuId, quantity }, key);

    public static Task<HttpResponseMessage> TryJoin(
        this Phone phone, string groupId, OpenGroupBuy buy, int quantity = 1, string? key = null) =>
        phone.Post($"/api/groups/{groupId}/members", new { skuId = buy.SkuId, quantity }, key);

    /// <summary>The group and the order that waits to be paid.</summary>
    public static async Task<(string GroupId, string OrderId)> Start(this Phone phone, OpenGroupBuy buy)
    {
        var order = await Created(await phone.TryStart(buy));
        return (order.Text("subjectId"), order.Text("orderId"));
    }

    /// <summary>The order that waits to be paid.</summary>
    public static async Task<string> Join(this Phone phone, string groupId, OpenGroupBuy buy, int quantity = 1) =>
        (await Created(await phone.TryJoin(groupId, buy, quantity))).Text("orderId");

    public static async Task PayFor(this Phone phone, string orderId)
    {
        phone.Api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await OrderSteps.Tell(phone.Api);
    }

    /// <summary>A group whose leader has paid.</summary>
    public static async Task<(string GroupId, string OrderId)> Led(this Phone phone, OpenGroupBuy buy)
    {
        var (groupId, orderId) = await phone.Start(buy);
        await phone.PayFor(orderId);
        return (groupId, orderId);
    }

    /// <summary>Somebody joins and pays.</summary>
    public static async Task<string> Joined(this Phone phone, string groupId, OpenGroupBuy buy, int quantity = 1)
    {
        var orderId = await phone.Join(groupId, buy, quantity);
        await phone.PayFor(orderId);
        return orderId;
    }

    public static async Task<JsonElement> Group(this Phone phone, string groupId) =>
        await (await phone.Get($"/api/groups/{groupId}")).Json();

    public static async Task<string> GroupState(this Phone phone, string groupId) =>
        (await phone.Group(groupId)).Text("state");

    public static async Task<string> DealState(this Phone phone, string orderId) =>
        (await phone.Order(orderId)).GetProperty("deal").Text("state");

    public static async Task IsRefused(this Phone _, HttpResponseMessage answer, string code) =>
        Assert.Equal((HttpStatusCode.Conflict, code), (answer.StatusCode, await answer.Code()));

    /// <summary>The time of seats is over, and that of orders is not.</summary>
    public static void LetSeatsLapse(this MiniProgramApi api) => api.Clock.Advance(Seat);

    /// <summary>Groups come to their end, and everybody hears of it.</summary>
    public static async Task LetGroupsEnd(this MiniProgramApi api, TimeSpan? time = null)
    {
        api.Clock.Advance(time ?? TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
        await api.Fire(nameof(EndGroups));
        await api.PayBack();
    }

    /// <summary>The activity is over, and its stock goes home.</summary>
    public static async Task LetActivityEnd(this MiniProgramApi api)
    {
        api.Clock.Advance(TimeSpan.FromDays(10));
        await api.Fire(nameof(CloseActivities));
        await api.Deliver();
    }

    private static async Task<JsonElement> Created(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }
}
