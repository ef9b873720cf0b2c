using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Pond.Tests;

/// <summary>Somebody who calls with a bearer token: a shopper's phone or an operator's console.</summary>
public sealed record Phone(MiniProgramApi Api, string MemberId, string AccessToken, string RefreshToken)
{
    private const int ResendsMax = 50;

    private static int keys;

    /// <summary>A key that no call has used.</summary>
    public static string NewKey() => $"test-key-{Interlocked.Increment(ref keys):D12}";

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>Posts under a key of its own, unless one is given.</summary>
    public Task<HttpResponseMessage> Post(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Post, path, body, key ?? NewKey());

    public Task<HttpResponseMessage> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    public Task<HttpResponseMessage> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Posts again with the same key while the answer is 503, as a phone does.</summary>
    public async Task<HttpResponseMessage> PostUntilAnswered(
        string path, object? body = null, string? key = null)
    {
        key ??= NewKey();
        for (var resend = 0; ; resend++)
        {
            var answer = await Post(path, body, key);
            if ((int)answer.StatusCode != 503 || resend == ResendsMax) return answer;
        }
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = JsonContent.Create(body);
        return await Api.Http.SendAsync(request);
    }
}
