using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>GET /cgi-bin/token</c> and <c>POST /cgi-bin/stable_token</c>.</summary>
internal sealed class TokenEndpoints(SandboxOptions options, SandboxTokens tokens)
{
    public const string ClassicPath = "/cgi-bin/token";
    public const string StablePath = "/cgi-bin/stable_token";

    private const string GrantType = "client_credential";

    public IResult AnswerClassic(HttpRequest request)
    {
        var query = request.Query;
        var error = Check(query["grant_type"], query["appid"], query["secret"]);
        return error is null ? Token(tokens.NextClassic()) : Error(error);
    }

    public async Task<IResult> AnswerStable(HttpRequest request, CancellationToken cancel)
    {
        if (!HttpMethods.IsPost(request.Method))
            return Error(WeChatError.NotPost);
        // WeChat's front turns chunked bodies away with this status before its API sees them.
        if (request.ContentLength is null)
            return Results.StatusCode(StatusCodes.Status412PreconditionFailed);
        if (request.ContentLength == 0)
            return Error(WeChatError.EmptyBody);

        if (await Read(request, cancel) is not { } body)
            return Error(WeChatError.BadJson);
        if (Check(body.GrantType, body.AppId, body.Secret) is { } error)
            return Error(error);
        if (!body.ForceRefresh)
            return Token(tokens.Stable());
        var (token, refused) = tokens.ForcedStable();
        return token is null ? Error(refused!) : Token(token);
    }

    private WeChatError? Check(string? grantType, string? appId, string? secret) =>
        grantType == GrantType ? Credentials.Check(options, appId, secret) : WeChatError.BadGrantType;

    private static async Task<StableTokenBody?> Read(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<StableTokenBody>(request.Body, cancellationToken: cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Token(IssuedToken token) => WeChatAnswer.Of(
        new { access_token = token.Value, expires_in = token.ExpiresInSeconds }, WeChatAnswer.OddJson);

    private static IResult Error(WeChatError error) => WeChatAnswer.Of(error, WeChatAnswer.OddJson);

    private sealed record StableTokenBody(
        [property: JsonPropertyName("grant_type")] string? GrantType,
        [property: JsonPropertyName("appid")] string? AppId,
        [property: JsonPropertyName("secret")] string? Secret,
        [property: JsonPropertyName("force_refresh")] bool ForceRefresh = false);
}
