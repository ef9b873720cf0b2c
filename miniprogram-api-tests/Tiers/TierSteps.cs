using System.Text.Json;
using System.Text.Json.Nodes;
using Pond.Kernel;
using Pond.Tests.Points;

namespace Pond.Tests.Tiers;

/// <summary>What tests of tiers do over and over.</summary>
internal static class TierSteps
{
    public const string ProgrammePath = "/api/operator/tiers";

    /// <summary>Three tiers of a year each, kept by a little less than what opened them.</summary>
    public static JsonObject Programme(int windowDays = 365, string returns = "atReview", long version = 0) => new()
    {
        ["version"] = version,
        ["windowDays"] = windowDays,
        ["returns"] = returns,
        ["tiers"] = new JsonArray(
            Tier("member", 0, 0, 0), Tier("silver", 10, 1_000, 800, enterPoints: 100),
            Tier("gold", 20, 5_000, 4_000, enterPoints: 500)),
        ["reason"] = "a test",
    };

    public static JsonObject Tier(
        string code,
        int rank,
        long enterGrowth,
        long keepGrowth,
        string downgrade = "oneStep",
        long enterPoints = 0,
        params string[] couponTemplateIds) => new()
        {
            ["code"] = code,
            ["name"] = code,
            ["rank"] = rank,
            ["enterGrowth"] = enterGrowth,
            ["keepGrowth"] = keepGrowth,
            ["validityDays"] = 365,
            ["graceDays"] = 7,
            ["downgrade"] = downgrade,
            ["benefits"] = new JsonObject
            {
                ["discountBp"] = rank * 10,
                ["pointsMultiplierBp"] = 10_000 + (rank * 100),
                ["freeShippingsPerMonth"] = 1,
                ["birthdayPoints"] = 50,
                ["enterPoints"] = enterPoints,
                ["enterCouponTemplateIds"] = new JsonArray([.. couponTemplateIds.Select(id => JsonValue.Create(id))]),
            },
        };

    public static JsonObject TierOf(this JsonObject programme, int index) => programme["tiers"]![index]!.AsObject();

    public static Task<HttpResponseMessage> PutProgramme(this MiniProgramApi api, JsonObject programme) =>
        api.Operator().Put(ProgrammePath, programme);

    public static async Task SetProgramme(this MiniProgramApi api, JsonObject? programme = null) =>
        (await api.PutProgramme(programme ?? Programme())).EnsureSuccessStatusCode();

    public static Task<HttpResponseMessage> AdjustGrowth(
        this MiniProgramApi api, string memberId, long growth, string reason = "a test", string? key = null) =>
        api.Operator().Post($"/api/operator/members/{memberId}/growth-adjustments", new { growth, reason }, key);

    public static async Task Grow(this MiniProgramApi api, Phone phone, long growth) =>
        (await api.AdjustGrowth(phone.MemberId, growth)).EnsureSuccessStatusCode();

    public static Task<HttpResponseMessage> Assign(
        this MiniProgramApi api, string memberId, string code, DateTimeOffset until, string reason = "a test") =>
        api.Operator().Put($"/api/operator/members/{memberId}/tier", new { code, until, reason });

    public static async Task<JsonElement> Tier(this Phone phone) => await (await phone.Get("/api/me/tier")).Json();

    /// <summary>The code of the tier that a shopper sees, now that the clock has come to where it is.</summary>
    public static async Task<string?> TierOf(this MiniProgramApi api, string shopper) =>
        (await (await api.LogIn(shopper)).Tier()).GetProperty("benefits").GetProperty("code").GetString();

    public static Task<JsonElement[]> GrowthEntries(this Phone phone) => phone.AllPages("/api/me/growth/entries", 100);

    /// <summary>The records of a member's tier, the oldest first.</summary>
    public static async Task<JsonElement[]> TierChanges(this MiniProgramApi api, string memberId) =>
        [.. (await api.Operator().AllPages($"/api/operator/members/{memberId}/tier-changes", 100)).Reverse()];

    /// <summary>The same, each as <c>from>to cause</c>.</summary>
    public static async Task<string[]> TierMoves(this MiniProgramApi api, string memberId) =>
    [
        .. (await api.TierChanges(memberId))
            .Select(change => $"{change.Text("from")}>{change.Text("to")} {change.Text("cause")}"),
    ];

    /// <summary>Midnight in China, so many days after the day on which tests begin.</summary>
    public static DateTimeOffset Midnight(int days) => ChinaDay.Of(HandClock.Start).AddDays(days).Start;

    /// <summary>What a shopper's points were given for.</summary>
    public static async Task<IReadOnlyList<long>> PointsGiven(this MiniProgramApi api, string shopper) =>
    [
        .. (await (await api.LogIn(shopper)).Entries())
            .Where(entry => entry.Text("causeKind") == "tier").Select(entry => entry.Whole("points")),
    ];
}
