using System.Globalization;
using System.Text.Json;

namespace Pond.Platform.WeChat.Pay;

/// <summary>A JSON object of WeChat Pay's. What is missing, or of another type, is null.</summary>
/// <remarks>Not a record: a record would print its body.</remarks>
public sealed class PayJson
{
    /// <summary>An object without any field.</summary>
    public static readonly PayJson Empty = new(JsonSerializer.SerializeToElement(new { }));

    private const int DepthMax = 16;

    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DepthMax,
    };

    private static readonly string[] TimeForms =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private readonly JsonElement body;

    private PayJson(JsonElement body) => this.body = body;

    /// <summary>Null when the bytes are not one JSON object.</summary>
    public static PayJson? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Of(JsonSerializer.Deserialize<JsonElement>(utf8, Strict));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Has(string name) => body.TryGetProperty(name, out _);

    public string? Text(string name)
    {
        try
        {
            return Field(name, JsonValueKind.String)?.GetString();
        }
        catch (InvalidOperationException) // bytes that are no UTF-8, or half a surrogate pair: found only on reading
        {
            return null;
        }
    }

    /// <summary>A text that is not empty.</summary>
    public string? Name(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>Of money: a whole number that is not negative.</summary>
    public long? Fen(string name) =>
        Field(name, JsonValueKind.Number) is { } field && field.TryGetInt64(out var fen) && fen >= 0 ? fen : null;

    /// <summary>RFC 3339, with its distance from UTC.</summary>
    public DateTimeOffset? Time(string name) => DateTimeOffset.TryParseExact(
        Text(name), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public PayJson? Part(string name) => Field(name, JsonValueKind.Object) is { } field ? Of(field) : null;

    /// <summary>The objects of an array; those of its items that are none are left out.</summary>
    public IEnumerable<PayJson> Parts(string name) => Field(name, JsonValueKind.Array) is { } field
        ? field.EnumerateArray().Select(Of).OfType<PayJson>()
        : [];

    private JsonElement? Field(string name, JsonValueKind kind) =>
        body.TryGetProperty(name, out var field) && field.ValueKind == kind ? field : null;

    private static PayJson? Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? new(element) : null;
}
