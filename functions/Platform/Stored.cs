using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pond.Platform;

/// <summary>The one JSON dialect of rows, operation records and messages. What it once wrote must stay readable for ever.</summary>
public static class Stored
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese stays readable and short; no browser ever sees it
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>As its declared type, which a closed hierarchy needs to store which case it is.</summary>
    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <exception cref="JsonException">Not what was stored: stop, never guess.</exception>
    public static T Read<T>(string data) =>
        JsonSerializer.Deserialize<T>(data, Options) ?? throw new JsonException("A stored value is never null.");

    /// <exception cref="JsonException">Not what was stored: stop, never guess.</exception>
    public static T Read<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new JsonException("A stored value is never null.");
}
