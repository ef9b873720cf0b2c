using System.Text.Json;

namespace Pond.Tests.Tags;

/// <summary>What tests of tags do over and over.</summary>
internal static class TagSteps
{
    public const string TagsPath = "/api/operator/tag-definitions";

    /// <summary>A new tag; its id.</summary>
    public static async Task<string> Tag(
        this MiniProgramApi api, string name, string? group = null, string family = "source")
    {
        var answer = await api.Operator().Post(TagsPath, new { name, group, family, reason = "测试" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).Text("tagId");
    }

    public static Task<HttpResponseMessage> PutOn(
        this MiniProgramApi api, string memberId, string tagId, DateTimeOffset? expiresAt = null) =>
        api.Operator().Put(PathOf(memberId, tagId), new { isOn = true, expiresAt, reason = "客服核实" });

    public static Task<HttpResponseMessage> TakeOff(this MiniProgramApi api, string memberId, string tagId) =>
        api.Operator().Put(PathOf(memberId, tagId), new { isOn = false, reason = "贴错了" });

    public static Task<HttpResponseMessage> Retire(this MiniProgramApi api, string tagId, string name = "旧") =>
        api.Operator().Put($"{TagsPath}/{tagId}", new { name, isRetired = true, reason = "不再使用" });

    /// <summary>The tags that a member has, in no order.</summary>
    public static async Task<JsonElement[]> TagsOf(this MiniProgramApi api, string memberId) =>
    [
        .. (await (await api.Operator().Get($"/api/operator/members/{memberId}/tags")).Json())
            .GetProperty("tags").EnumerateArray(),
    ];

    /// <summary>Their ids, sorted.</summary>
    public static async Task<string[]> TagIdsOf(this MiniProgramApi api, string memberId) =>
        [.. (await api.TagsOf(memberId)).Select(tag => tag.Text("tagId")).Order(StringComparer.Ordinal)];

    /// <summary>How many members have it, once everybody has heard.</summary>
    public static async Task<long> MembersWith(this MiniProgramApi api, string tagId)
    {
        await api.Deliver();
        return (await (await api.Operator().Get($"{TagsPath}/{tagId}")).Json()).Whole("members");
    }

    private static string PathOf(string memberId, string tagId) => $"/api/operator/members/{memberId}/tags/{tagId}";
}
