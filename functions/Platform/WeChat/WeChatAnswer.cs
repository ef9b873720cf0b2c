using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pond.Platform.WeChat;

/// <summary>An answer of WeChat's open API.</summary>
/// <remarks>Not a record: a record would print its body, and bodies hold secrets.</remarks>
public sealed partial class WeChatAnswer
{
    /// <summary>"System busy": the one code that asks for another try.</summary>
    public const int SystemBusy = -1;

    private readonly JsonElement body;

    private WeChatAnswer(JsonElement body, int errCode)
    {
        this.body = body;
        ErrCode = errCode;
    }

    /// <summary>0 is success, and so is an answer without the field.</summary>
    public int ErrCode { get; }

    /// <summary>WeChat's own id of the call, which its support asks for; empty when there is none.</summary>
    public string Rid => RidInText().Match(Text("errmsg") ?? "").Groups["rid"].Value;

    /// <summary>Reads by content, whatever the content type says. Null when it is no JSON object.</summary>
    internal static WeChatAnswer? Parse(ReadOnlySpan<byte> utf8)
    {
        JsonElement body;
        try
        {
            body = JsonSerializer.Deserialize<JsonElement>(utf8);
        }
        catch (JsonException)
        {
            return null;
        }

        if (body.ValueKind != JsonValueKind.Object)
            return null;
        if (!body.TryGetProperty("errcode", out var field))
            return new(body, errCode: 0);
        return Number(field) is { } errCode ? new(body, errCode) : null;
    }

    /// <summary>A field that holds text which is not empty; else null.</summary>
    public string? Text(string name) =>
        body.TryGetProperty(name, out var field) && Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>A field that holds a whole number, which WeChat writes as a string at times; else null.</summary>
    public int? Number(string name) => body.TryGetProperty(name, out var field) ? Number(field) : null;

    /// <summary>A field that holds an object, as an answer of its own; else null.</summary>
    public WeChatAnswer? Part(string name) =>
        body.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Object ? new(field, 0) : null;

    private static string? Text(JsonElement field)
    {
        try
        {
            return field.ValueKind == JsonValueKind.String ? field.GetString() : null;
        }
        catch (InvalidOperationException) // bytes that are no UTF-8, or half a surrogate pair: found only on reading
        {
            return null;
        }
    }

    private static int? Number(JsonElement field)
    {
        if (field.ValueKind == JsonValueKind.Number)
            return field.TryGetInt32(out var number) ? number : null;
        return int.TryParse(Text(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quoted)
            ? quoted
            : null;
    }

    [GeneratedRegex("rid: (?<rid>[0-9a-f-]{1,40})")]
    private static partial Regex RidInText();
}
