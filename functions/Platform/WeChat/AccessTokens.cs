using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat;

/// <summary>The app's access token, fetched when it is needed and held until shortly before its end.</summary>
/// <remarks>
/// <c>stable_token</c> without force gives every process the same token, so no process can take another's away, and a
/// race costs a call and nothing more. Force is never used: it would kill the token under the other processes.
/// </remarks>
public sealed partial class AccessTokens(
    WeChatCalls calls, WeChatOptions options, TimeProvider clock, ILogger<AccessTokens> log)
{
    /// <summary>So long before its end WeChat replaces a token and still takes the old one.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);

    private readonly Lock gate = new();
    private Held? held;
    private Task<TokenOutcome>? fetching;

    /// <summary>A token that should work now. Callers that come while one is fetched wait for that one.</summary>
    public Task<TokenOutcome> Current(CancellationToken cancel)
    {
        lock (gate)
        {
            if (held is not null && clock.GetUtcNow() < held.RenewAt)
                return Task.FromResult<TokenOutcome>(new TokenOutcome.Ready(held.Token));
            if (fetching is null or { IsCompleted: true })
                fetching = Fetch(); // many wait for it: no one of them may end it
            return fetching.WaitAsync(cancel);
        }
    }

    /// <summary>Call it with the token that WeChat refused (40001, 40014, 42001), then ask once more.</summary>
    /// <remarks>Only that token is dropped: by now somebody may have fetched a good one.</remarks>
    public void Forget(string token)
    {
        lock (gate)
        {
            if (held?.Token == token)
                held = null;
        }
    }

    private async Task<TokenOutcome> Fetch()
    {
        await Task.Yield(); // out of the lock
        var askedAt = clock.GetUtcNow();
        var answer = await calls.Send(Request, CancellationToken.None);
        return answer?.ErrCode switch
        {
            null or 45009 or 45011 => new TokenOutcome.Busy(),
            0 => Hold(answer, askedAt),
            _ => Misconfigured(answer),
        };
    }

    /// <summary>A body of known length: WeChat turns a chunked one away with HTTP 412.</summary>
    private HttpRequestMessage Request()
    {
        var body = JsonSerializer.Serialize(
            new { grant_type = "client_credential", appid = options.AppId, secret = options.AppSecret });
        return new(HttpMethod.Post, "cgi-bin/stable_token")
        {
            Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
    }

    private TokenOutcome Hold(WeChatAnswer answer, DateTimeOffset askedAt)
    {
        if (answer.Text("access_token") is not { } token || answer.Number("expires_in") is not { } expiresInSeconds)
        {
            NoToken();
            return new TokenOutcome.Busy();
        }

        lock (gate)
            held = new(token, askedAt + TimeSpan.FromSeconds(expiresInSeconds) - Overlap);
        return new TokenOutcome.Ready(token);
    }

    private TokenOutcome.Misconfigured Misconfigured(WeChatAnswer answer)
    {
        Refused(answer.ErrCode, answer.Rid);
        return new(answer.ErrCode);
    }

    [LoggerMessage(LogLevel.Warning, "WeChat grants an access token and does not tell it")]
    private partial void NoToken();

    [LoggerMessage(LogLevel.Error, "WeChat refuses a token with errcode {ErrCode} (rid {Rid}): check the settings")]
    private partial void Refused(int errCode, string rid);

    private sealed record Held(string Token, DateTimeOffset RenewAt);
}
