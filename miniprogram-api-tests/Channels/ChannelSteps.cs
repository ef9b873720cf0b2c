using System.Text.Json;
using Pond.Tests.Members;

namespace Pond.Tests.Channels;

/// <summary>What tests of channels do over and over.</summary>
internal static class ChannelSteps
{
    public const string ChannelsPath = "/api/operator/channels";

    public static Dictionary<string, object?> Body(MiniProgramApi api) => new()
    {
        ["name"] = "包裹卡",
        ["type"] = "packageCard",
        ["hook"] = "coupon",
        ["printedCount"] = 100,
        ["tagIds"] = Array.Empty<string>(),
        ["startsAt"] = api.Clock.GetUtcNow().AddDays(-1),
        ["endsAt"] = api.Clock.GetUtcNow().AddDays(30),
        ["reason"] = "随包裹发放",
    };

    public static Task<HttpResponseMessage> TryChannel(
        this MiniProgramApi api, Action<Dictionary<string, object?>>? change = null)
    {
        var body = Body(api);
        change?.Invoke(body);
        return api.Operator().Post(ChannelsPath, body);
    }

    /// <summary>A new channel that is open.</summary>
    public static async Task<JsonElement> Channel(
        this MiniProgramApi api, Action<Dictionary<string, object?>>? change = null)
    {
        var answer = await api.TryChannel(change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    /// <summary>Somebody scans a code and logs in.</summary>
    public static async Task<Phone> Scan(
        this MiniProgramApi api, string shopper, string scene, string? inviteCode = null)
    {
        var answer = await api.LogInWith(api.Sandbox.Codes.Issue(shopper), scene, inviteCode);
        var session = await answer.EnsureSuccessStatusCode().Json();
        return new Phone(api, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));
    }

    /// <summary>How a channel does, once everybody has heard.</summary>
    public static async Task<JsonElement> ChannelFigures(this MiniProgramApi api, JsonElement channel)
    {
        await api.Deliver();
        return await (await api.Operator().Get($"{ChannelsPath}/{channel.Text("channelId")}")).Json();
    }

    /// <summary>Whom it has added, and whom it has brought back.</summary>
    public static async Task<(long Added, long Returned)> Counted(this MiniProgramApi api, JsonElement channel)
    {
        var figures = await api.ChannelFigures(channel);
        return (figures.Whole("added"), figures.Whole("returned"));
    }

    /// <summary>The first channel of a member, and the last.</summary>
    public static async Task<(string? First, string? Last)> ChannelsOf(this MiniProgramApi api, string memberId)
    {
        var trail = await (await api.Operator().Get($"/api/operator/members/{memberId}/source")).Json();
        return (trail.GetProperty("firstChannelId").GetString(), trail.GetProperty("lastChannelId").GetString());
    }
}
