using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>The sandbox draws mini-program codes, and refuses what WeChat refuses.</summary>
public sealed class DrawingCodesAtWeChat
{
    private const string Path = "/wxa/getwxacodeunlimit";

    [Theory]
    [InlineData("scene", "", 40097), InlineData("scene", "a b", 40129), InlineData("scene", "a%20", 40129)]
    [InlineData("scene", "茶", 40129), InlineData("scene", "012345678901234567890123456789012", 40169)]
    [InlineData("scene", "scancode_time=1", 85096), InlineData("page", "/pages/index/index", 41030)]
    [InlineData("page", "pages/none/index", 41030), InlineData("width", 279, 40097), InlineData("width", 1281, 40097)]
    public async Task What_WeChat_refuses_is_refused(string field, object value, int errCode)
    {
        await using var bench = await PayBench.Start();
        var wish = new JsonObject { ["scene"] = "c-1", ["page"] = "pages/index/index", ["width"] = 280 };
        wish[field] = JsonValue.Create(value);

        var (body, code) = await Draw(bench, wish);

        Assert.Equal((byte)'{', body[0]);
        Assert.Equal(errCode, code);
        Assert.Empty(bench.Sandbox.Pages.Drawn);
    }

    [Fact]
    public async Task A_page_that_is_not_released_is_taken_where_nobody_looks()
    {
        await using var bench = await PayBench.Start();

        var (body, _) = await Draw(bench, new JsonObject
        {
            ["scene"] = "!#$&'()*+,/:;=?@-._~",
            ["page"] = "pages/none/index",
            ["check_path"] = false,
        });

        Assert.Equal([0xFF, 0xD8], body[..2]);
    }

    private static async Task<(byte[] Body, int? ErrCode)> Draw(PayBench bench, JsonObject wish)
    {
        using var http = new HttpClient { BaseAddress = bench.Sandbox.Address };
        var granted = await http.GetFromJsonAsync<JsonElement>(
            $"/cgi-bin/token?grant_type=client_credential&appid={MiniProgramApi.AppId}&secret={MiniProgramApi.AppSecret}");
        var token = granted.GetProperty("access_token").GetString();
        using var content = new StringContent(wish.ToJsonString());
        var answer = await http.PostAsync($"{Path}?access_token={token}", content);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return (body, body[0] == '{' ? (int?)JsonNode.Parse(body)!["errcode"] : null);
    }
}
