using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What WeChat wants of every call that posts JSON.</summary>
internal static class JsonCall
{
    /// <returns>The body, or the answer to a call that has none that can be read, or no good token.</returns>
    public static async Task<(T? Body, IResult? Refused)> Read<T>(
        HttpRequest request, SandboxTokens tokens, CancellationToken cancel)
        where T : class
    {
        if (!HttpMethods.IsPost(request.Method))
            return (null, Error(WeChatError.NotPost));
        // WeChat's front turns chunked bodies away with this status before its API sees them.
        if (request.ContentLength is null)
            return (null, Results.StatusCode(StatusCodes.Status412PreconditionFailed));
        if (tokens.Check(request.Query["access_token"]) is { } badToken)
            return (null, Error(badToken));
        return await Read<T>(request, cancel) is { } body ? (body, null) : (null, Error(WeChatError.BadJson));
    }

    public static IResult Error(WeChatError error) => WeChatAnswer.Of(error, WeChatAnswer.OddJson);

    private static async Task<T?> Read<T>(HttpRequest request, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, cancellationToken: cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
