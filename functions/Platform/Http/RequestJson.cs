using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pond.Platform.Http;

/// <summary>How bodies are read: strictly, since what is let pass today is somebody's contract tomorrow.</summary>
internal static class RequestJson
{
    /// <summary>Levels of nested JSON.</summary>
    public const int DepthMax = 16;

    public static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = DepthMax,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new NamedValues(), new ZonedTime() },
    };

    /// <summary>One of the names, as answers write it. The framework's own converter takes lists, numbers and any case.</summary>
    private sealed class NamedValues : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsEnum;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

        private sealed class Of<T> : JsonConverter<T>
            where T : struct, Enum
        {
            private static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(ResponseJson.NameOf);

            public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                reader.TokenType is JsonTokenType.String && ByName.TryGetValue(reader.GetString()!, out var value)
                    ? value
                    : throw new JsonException();

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue(ResponseJson.NameOf(value));
        }
    }

    /// <summary>RFC 3339. Without a zone it would mean the server's own, and far from today calendars overflow.</summary>
    private sealed class ZonedTime : JsonConverter<DateTimeOffset>
    {
        private const int YearMin = 2000;
        private const int YearMax = 2099;

        private static readonly string[] Formats =
            ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String
            && DateTimeOffset.TryParseExact(
                reader.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.UtcDateTime.Year is >= YearMin and <= YearMax
                ? time
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
