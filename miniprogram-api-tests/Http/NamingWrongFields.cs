using System.Net.Http.Headers;
using System.Text;

namespace Pond.Tests.Http;

/// <summary>A malformed body is told where it is wrong, in our words: never in the caller's.</summary>
public sealed class NamingWrongFields(SharedApi shared) : IClassFixture<SharedApi>
{
    [Theory]
    [InlineData("""{"code":7}""", "code")]
    [InlineData("""{"code":"a","13911112222":1}""", null)]
    [InlineData("""{"code":"a","张三":1}""", null)]
    [InlineData("""{"code":{"张三":1}}""", "code")]
    public async Task A_field_of_ours_is_named_and_no_other(string body, string? named) =>
        Assert.Equal(named, await Named("/api/session", body));

    [Theory]
    [InlineData("""{"lines":[{"skuId":"a","quantity":"x"}]}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"skuId":"a","quantity":1,"张三":1}]}""", null)]
    public async Task So_is_one_within_another(string body, string? named) =>
        Assert.Equal(named, await Named("/api/quotes", body));

    private async Task<string?> Named(string path, string body)
    {
        var phone = await shared.Newcomer();
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", phone.AccessToken);
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var problem = await (await shared.Api.Http.SendAsync(request)).Json();
        Assert.Equal("request.malformed", problem.Text("code"));
        return problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single().Name : null;
    }
}
