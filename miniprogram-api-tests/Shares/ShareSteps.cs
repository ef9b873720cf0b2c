using System.Text.Json;

namespace Pond.Tests.Shares;

/// <summary>What tests of shares do over and over.</summary>
internal static class ShareSteps
{
    public static Task<HttpResponseMessage> TryShare(
        this Phone phone, string kind, string id, string? channel = null) =>
        phone.Post("/api/shares", new { kind, id, channel });

    /// <summary>A card.</summary>
    public static async Task<JsonElement> Share(this Phone phone, string kind, string id, string? channel = null)
    {
        var answer = await phone.TryShare(kind, id, channel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    public static async Task<string> ShareToken(this Phone phone, string kind, string id, string? channel = null) =>
        (await phone.Share(kind, id, channel)).Text("token");

    public static async Task<string> InviteCode(this Phone phone, string? key = null) =>
        (await (await phone.Post("/api/me/invite", key: key)).Json()).Text("code");

    /// <summary>What somebody without a login sees.</summary>
    public static async Task<JsonElement> Landing(this MiniProgramApi api, string token) =>
        await (await api.Http.GetAsync($"/api/shares/{token}")).Json();

    public static async Task<JsonElement> Landing(this Phone phone, string token) =>
        await (await phone.Get($"/api/shares/{token}")).Json();

    /// <summary>Why a viewer cannot follow, or null.</summary>
    public static string? WhyNot(this JsonElement landing)
    {
        var eligibility = landing.GetProperty("eligibility");
        var code = eligibility.GetProperty("code").GetString();
        Assert.Equal(code is null, eligibility.GetProperty("isEligible").GetBoolean());
        return code;
    }
}
