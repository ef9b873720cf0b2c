using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>How the open API puts an answer: always HTTP 200, the outcome in <c>errcode</c>.</summary>
internal static class WeChatAnswer
{
    /// <summary>What <c>jscode2session</c> calls its JSON.</summary>
    public const string PlainText = "text/plain";

    /// <summary>What most of the others call theirs; <c>encoding</c> is no parameter of any standard.</summary>
    public const string OddJson = "application/json; encoding=utf-8";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static IResult Of<T>(T body, string contentType) =>
        Results.Text(JsonSerializer.Serialize(body, Json), contentType);

    /// <summary>The text ends in a random request id, so that no client can come to depend on it.</summary>
    public static IResult Of(WeChatError error, string contentType) =>
        Of(new { errcode = error.Code, errmsg = $"{error.Text}, rid: {Rid()}" }, contentType);

    private static string Rid() => string.Join('-', RidPart(), RidPart(), RidPart());

    private static string RidPart() => Random.Shared.Next().ToString("x8", CultureInfo.InvariantCulture);
}
