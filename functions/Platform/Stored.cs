using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>
/// The one JSON dialect of rows, operation records and messages. What it once wrote must stay readable for ever.
/// </summary>
public static class Stored
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Chinese stays readable and short; no browser ever sees it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireAllButNullables } },
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>The value of one row, or null when there is no row.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public static async Task<T?> Find<T>(
        this PartitionStore store, string partition, string row, CancellationToken cancel)
        where T : class => await store.Find(partition, row, cancel) is { } found ? Read<T>(found.Data) : null;

    /// <summary>As its declared type, which a closed hierarchy needs to store which case it is.</summary>
    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <exception cref="JsonException">Not what was stored: stop, never guess.</exception>
    public static T Read<T>(string data) =>
        JsonSerializer.Deserialize<T>(data, Options) ?? throw new JsonException("A stored value is never null.");

    /// <exception cref="JsonException">Not what was stored: stop, never guess.</exception>
    public static T Read<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new JsonException("A stored value is never null.");

    // Nulls are not written, so they may be missing; anything else that is missing means a row that is not ours.
    private static void RequireAllButNullables(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired))
            property.IsRequired = property.AssociatedParameter is not { IsNullable: true };
    }
}
