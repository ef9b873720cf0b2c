using System.Text.Json;

namespace Pond.Tests.Leaderboards;

/// <summary>What tests of leaderboards do over and over.</summary>
internal static class LeaderboardSteps
{
    public const string Path = "/api/operator/leaderboards";
    public const int PrizePoints = 500;

    /// <summary>500 points and a title for the first, 50 points for the second; its id.</summary>
    public static async Task<string> Leaderboard(this MiniProgramApi api, int days = 30, int reviewDays = 0)
    {
        var answer = await api.Operator().Post(Path, api.Board(days, reviewDays));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("id");
    }

    public static Dictionary<string, object?> Board(this MiniProgramApi api, int days = 30, int reviewDays = 0) => new()
    {
        ["name"] = "推荐榜",
        ["startsAt"] = api.Clock.GetUtcNow(),
        ["endsAt"] = api.Clock.GetUtcNow().AddDays(days),
        ["reviewDays"] = reviewDays,
        ["prizes"] = new object[]
        {
            new { fromPlace = 1, toPlace = 1, points = PrizePoints, honour = "茶友之星", honourDays = 30 },
            new { fromPlace = 2, toPlace = 2, points = 50 },
        },
    };

    public static async Task<HttpResponseMessage> Settle(this MiniProgramApi api, string boardId, string? key = null) =>
        await api.Operator().Post($"{Path}/{boardId}/settlement", new { reason = "名单已核对" }, key ?? Phone.NewKey());

    /// <summary>The places of a leaderboard, each with its number of friends.</summary>
    public static async Task<(long Place, long Friends)[]> Standing(this Phone phone, string boardId) =>
    [
        .. (await (await phone.Get($"/api/leaderboards/{boardId}")).Json()).GetProperty("first").EnumerateArray()
            .Select(line => (line.Whole("place"), line.Whole("friends"))),
    ];

    /// <summary>How a member sees themselves on it; of kind null when they are not.</summary>
    public static async Task<JsonElement> Own(this Phone phone, string boardId) =>
        (await (await phone.Get($"/api/leaderboards/{boardId}")).Json()).GetProperty("own");
}
