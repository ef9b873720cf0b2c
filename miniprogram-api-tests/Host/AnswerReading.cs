using System.Text.Json;

namespace Pond.Tests;

/// <summary>Looks into answers as a mini-program does: by the names of fields.</summary>
public static class AnswerReading
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(text.Length > 0, $"{(int)answer.StatusCode} without a body");
        return JsonDocument.Parse(text).RootElement;
    }

    public static string Text(this JsonElement json, string field) => json.GetProperty(field).GetString()!;

    public static long Whole(this JsonElement json, string field) => json.GetProperty(field).GetInt64();

    public static JsonElement[] Items(this JsonElement json) => [.. json.GetProperty("items").EnumerateArray()];

    /// <summary>The lines of a table without its heading.</summary>
    public static async Task<string[]> TableLines(this HttpResponseMessage answer) =>
    [
        .. (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1),
    ];

    /// <summary>The stable code of a problem, or null for an answer that is none.</summary>
    public static async Task<string?> Code(this HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? (await answer.Json()).Text("code")
            : null;
}
