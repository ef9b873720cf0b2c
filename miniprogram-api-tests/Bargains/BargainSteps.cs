using System.Net;
using System.Text.Json;
using Pond.Bargains;
using Pond.Tests.Pricing;

namespace Pond.Tests.Bargains;

/// <summary>What tests of bargains do over and over.</summary>
internal static class BargainSteps
{
    public const string BargainsPath = "/api/operator/bargains";

    public static string AttemptsOf(string activityId) => $"/api/bargains/{activityId}/attempts";

    public static string CutsOf(string attemptId) => $"/api/attempts/{attemptId}/cuts";

    public static string OrderOf(string attemptId) => $"/api/attempts/{attemptId}/order";

    /// <summary>From ¥40 down to ¥10, for two days around the present of a test's clock.</summary>
    public static Dictionary<string, object?> Bargain(
        this MiniProgramApi api, string skuId, int cuts = 3, string mode = "floorOnly", int pieces = 10) => new()
        {
            ["name"] = "龙井砍到底",
            ["startsAt"] = api.Clock.GetUtcNow().AddHours(-1),
            ["endsAt"] = api.Clock.GetUtcNow().AddHours(47),
            ["skuId"] = skuId,
            ["pieces"] = pieces,
            ["floorFen"] = 1_000,
            ["cuts"] = cuts,
            ["hours"] = 24,
            ["mode"] = mode,
            ["helpsPerDay"] = 20,
            ["details"] = "每人限购一件，砍到底价后请尽快下单。",
        };

    public static async Task<string> DraftBargain(this MiniProgramApi api, Dictionary<string, object?> body)
    {
        var answer = await api.Operator().Post(BargainsPath, body);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("activityId");
    }

    public static async Task<string> PublishBargain(this MiniProgramApi api, Dictionary<string, object?> body)
    {
        var id = await api.DraftBargain(body);
        (await api.MoveActivity(id, "published")).EnsureSuccessStatusCode();
        return id;
    }

    public static Task<HttpResponseMessage> MoveActivity(this MiniProgramApi api, string activityId, string state) =>
        api.Operator().Put($"/api/operator/activities/{activityId}/state", new { state });

    /// <summary>A new attempt's id.</summary>
    public static async Task<string> Attempt(this Phone phone, string activityId)
    {
        var answer = await phone.Post(AttemptsOf(activityId));
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("attemptId");
    }

    public static Task<HttpResponseMessage> Help(this Phone phone, string attemptId, string? key = null) =>
        phone.Post(CutsOf(attemptId), key: key);

    public static Task<HttpResponseMessage> OrderAttempt(this Phone phone, string attemptId, string? key = null) =>
        phone.Post(OrderOf(attemptId), new { }, key);

    /// <summary>An attempt as the caller sees it.</summary>
    public static async Task<JsonElement> Look(this Phone phone, string attemptId) =>
        await (await phone.Get($"/api/attempts/{attemptId}")).Json();

    public static async Task<string> AttemptState(this Phone phone, string attemptId) =>
        (await phone.Look(attemptId)).Text("state");

    /// <summary>As it is stored.</summary>
    public static async Task<Attempt> StoredAttempt(this MiniProgramApi api, string attemptId) =>
        (await AttemptRows.Find(api.Store, attemptId, CancellationToken.None))!;
}
