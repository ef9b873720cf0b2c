using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Activities;

/// <summary>What tests of activities do over and over.</summary>
internal static class ActivitySteps
{
    public const string Path = "/api/operator/activities";

    public static readonly TimeSpan Aftermath = TimeSpan.FromDays(1);

    /// <summary>Ten pieces of a SKU for two days, from now on.</summary>
    public static ActivityPlan Plan(MiniProgramApi api, string skuId, int pieces = 10, int shards = 1) =>
        Plan(api, new ActivityGoods(skuId, pieces, shards));

    public static ActivityPlan Plan(MiniProgramApi api, params ActivityGoods[] goods) => new(
        "春茶拼团", api.Clock.GetUtcNow(), api.Clock.GetUtcNow().AddDays(2), goods, Aftermath);

    /// <summary>A draft; its id.</summary>
    public static async Task<string> Draft(
        this MiniProgramApi api, ActivityPlan plan, ActivityKind kind = ActivityKind.GroupBuy)
    {
        var (activity, whyNot) = await api.TryDraft(plan, Phone.NewKey(), kind);
        Assert.Null(whyNot);
        return activity!.Id;
    }

    public static async Task<(Activity? Activity, string? WhyNot)> TryDraft(
        this MiniProgramApi api, ActivityPlan plan, string key, ActivityKind kind = ActivityKind.GroupBuy)
    {
        var operators = await (await api.Operator().Get("/api/operator/operators")).Json();
        var (activity, whyNot) = await api.Services.GetRequiredService<ActivityDrafts>().Create(
            new OperatorCaller(operators.Items()[0].Text("operatorId"), [OperatorRole.Marketing], Name: null),
            new Operation("Test", key, Fingerprint: null), kind, plan, new { price = 1 }, CancellationToken.None);
        return (activity, whyNot?.Code);
    }

    /// <summary>An activity that has its stock.</summary>
    public static async Task<string> Published(
        this MiniProgramApi api, ActivityPlan plan, ActivityKind kind = ActivityKind.GroupBuy)
    {
        var id = await api.Draft(plan, kind);
        var answer = await api.Turn(id, "published");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }

    public static Task<HttpResponseMessage> Turn(this MiniProgramApi api, string activityId, string state) =>
        api.Operator().Turn(activityId, state);

    public static Task<HttpResponseMessage> Turn(this Phone console, string activityId, string state) =>
        console.Put($"{Path}/{activityId}/state", new { state });

    public static async Task<JsonElement> Activity(this MiniProgramApi api, string activityId) =>
        await (await api.Operator().Get($"{Path}/{activityId}")).Json();

    public static async Task<string> StateOf(this MiniProgramApi api, string activityId) =>
        (await api.Activity(activityId)).Text("state");

    /// <summary>What an activity has of a SKU: all pieces, and those that unpaid orders keep.</summary>
    public static Task<(int OnHand, int Reserved)> AllottedTo(
        this MiniProgramApi api, string activityId, string skuId, int shards = 1) =>
        api.PiecesOf($"{activityId}.{skuId}", shards);

    /// <summary>The same of a SKU's own stock, also when the SKU is gone.</summary>
    public static async Task<(int OnHand, int Reserved)> PiecesOf(
        this MiniProgramApi api, string stockId, int shards = 1)
    {
        var all = await StockRows.Shards(api.Store, stockId, shards, CancellationToken.None);
        return (all.Sum(shard => shard.OnHand), all.Sum(shard => shard.Reserved));
    }

    /// <summary>Time goes by, the timer closes what is over, and everybody hears of it.</summary>
    public static async Task PassAndClose(this MiniProgramApi api, TimeSpan time)
    {
        api.Clock.Advance(time + TimeSpan.FromMinutes(3)); // a hint is looked at in the minute after
        await api.Fire(nameof(CloseActivities));
        await api.Deliver();
    }
}
