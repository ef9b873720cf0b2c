namespace Pond.LocalHost.Demo;

/// <summary>The requests of group-buys and bargains.</summary>
internal static class FriendsApi
{
    public static Request CreateGroupBuy(
        string operatorKey, Tea tea, int size, long priceFen, int pieces, DateTimeOffset startsAt, string key) => new(
        HttpMethod.Post,
        "/api/operator/group-buys",
        operatorKey,
        new
        {
            name = $"{tea.Name} {size} 人团",
            startsAt,
            endsAt = startsAt.AddDays(1),
            goods = new[] { new { tea.SkuId, pieces, priceFen } },
            steps = new[] { new { size, offFen = 0 } },
        },
        key);

    public static Request CreateBargain(
        string operatorKey, Tea tea, int cuts, long floorFen, int pieces, DateTimeOffset startsAt, string key) => new(
        HttpMethod.Post,
        "/api/operator/bargains",
        operatorKey,
        new
        {
            name = $"{tea.Name}砍到底",
            startsAt,
            endsAt = startsAt.AddDays(1),
            tea.SkuId,
            pieces,
            floorFen,
            cuts,
            hours = 1,
            mode = "floorOnly",
            helpsPerDay = 50,
            details = "每人限购一件，砍到底价后请尽快下单。",
        },
        key);

    public static Request ChangeState(string operatorKey, string activityId, string state) =>
        new(HttpMethod.Put, $"/api/operator/activities/{activityId}/state", operatorKey, new { state });

    public static Request StartGroup(string bearer, string activityId, Tea tea, string key) =>
        new(HttpMethod.Post, $"/api/group-buys/{activityId}/groups", bearer, new { tea.SkuId }, key);

    public static Request JoinGroup(string bearer, string groupId, Tea tea, string key) =>
        new(HttpMethod.Post, $"/api/groups/{groupId}/members", bearer, new { tea.SkuId }, key);

    public static Request Group(string bearer, string groupId) => new(HttpMethod.Get, $"/api/groups/{groupId}", bearer);

    public static Request StartAttempt(string bearer, string activityId, string key) =>
        new(HttpMethod.Post, $"/api/bargains/{activityId}/attempts", bearer, IdempotencyKey: key);

    public static Request Help(string bearer, string attemptId, string key) =>
        new(HttpMethod.Post, $"/api/attempts/{attemptId}/cuts", bearer, IdempotencyKey: key);

    public static Request Attempt(string bearer, string attemptId) =>
        new(HttpMethod.Get, $"/api/attempts/{attemptId}", bearer);

    public static Request OrderAttempt(string bearer, string attemptId, string key) =>
        new(HttpMethod.Post, $"/api/attempts/{attemptId}/order", bearer, new { }, key);
}
