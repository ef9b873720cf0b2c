using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Requests that another program has signed: the sandbox signs and verifies what WeChat does.</summary>
public sealed class SignedByOpenSsl
{
    private const string File = "miniprogram-api-tests/WeChat/Sandbox/signed-requests.json";

    [Theory]
    [InlineData("get certificates", HttpStatusCode.OK)]
    [InlineData("jsapi prepay", HttpStatusCode.BadRequest)] // its openid is nobody's
    [InlineData("query by out_trade_no", HttpStatusCode.NotFound)]
    [InlineData("close order", HttpStatusCode.NotFound)]
    [InlineData("refund", HttpStatusCode.NotFound)]
    public async Task Is_taken_byte_for_byte_and_not_with_a_byte_more(string name, HttpStatusCode status)
    {
        var known = JsonSerializer.Deserialize<Known>(SourceTree.Text(File), JsonSerializerOptions.Web)!;
        var signed = known.Requests.Single(request => request.Name == name);
        await using var sandbox = await Start(known);
        using var http = new HttpClient { BaseAddress = sandbox.Address };

        Assert.Equal(status, await Send(http, signed));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(http, signed with { Body = signed.Body + " " }));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await Send(http, signed with { Url = signed.Url + (signed.Url.Contains('?') ? "&a=1" : "?a=1") }));
    }

    private static async Task<SandboxServer> Start(Known known)
    {
        var clock = new HandClock();
        clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(known.Seconds));
        var merchant = new SandboxMerchant(known.MchId, known.Serial, known.PublicKey, MerchantAccount.ApiV3Key);
        var sandbox = new SandboxServer(new(known.AppId, MiniProgramApi.AppSecret, Port: 0, merchant), clock);
        await sandbox.StartAsync(CancellationToken.None);
        return sandbox;
    }

    private static async Task<HttpStatusCode> Send(HttpClient http, Signed signed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(signed.Method), signed.Url);
        if (signed.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(signed.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "test");
        request.Headers.TryAddWithoutValidation("Authorization", signed.Authorization);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private sealed record Known(
        string MchId, string Serial, string PublicKey, string AppId, long Seconds, IReadOnlyList<Signed> Requests);

    private sealed record Signed(string Name, string Method, string Url, string Body, string Authorization);
}
