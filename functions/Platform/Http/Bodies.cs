using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Reads request bodies: the one place where JSON from outside becomes a value.</summary>
public static class Bodies
{
    /// <summary>Bytes of a body.</summary>
    public const int BytesMax = 64 * 1024;

    public static readonly Refusal Malformed =
        new("request.malformed", RefusalKind.Invalid, "请求内容的格式不正确。");

    private static readonly Refusal Invalid =
        new("request.invalid", RefusalKind.Invalid, "请求内容有误，请检查后重试。");

    private static readonly Refusal TooLarge =
        new("request.too_large", RefusalKind.Invalid, "请求内容过大。");

    private static readonly Refusal NotJson =
        new("request.media_type", RefusalKind.Invalid, "请求内容须为 UTF-8 编码的 application/json。");

    /// <summary>The body as a valid value of its record.</summary>
    /// <exception cref="ProblemException">
    /// Not JSON, too large, malformed, with unknown or doubled fields, or against the record's annotations.
    /// </exception>
    public static async Task<T> Read<T>(this HttpRequest request, CancellationToken cancel)
        where T : class
    {
        if (!IsJson(request))
            throw new ProblemException(NotJson) { Status = StatusCodes.Status415UnsupportedMediaType };

        var bytes = await ReadBytes(request, BytesMax, cancel);
        T? body;
        try
        {
            body = JsonSerializer.Deserialize<T>(bytes.Span, RequestJson.Options);
        }
        catch (JsonException malformed)
        {
            throw new ProblemException(Malformed) { FieldErrors = WhereWrong<T>(malformed) };
        }

        return Validated(body ?? throw new ProblemException(Malformed));
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && (request.GetTypedHeaders().ContentType?.Charset.Value is not { } charset
            || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ProblemException">Too large.</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadBytes(
        HttpRequest request, int bytesMax, CancellationToken cancel)
    {
        var tooLarge = new ProblemException(TooLarge) { Status = StatusCodes.Status413PayloadTooLarge };
        if (request.ContentLength > bytesMax) throw tooLarge;

        // One more tells a longer body.
        var buffer = new byte[Math.Min(request.ContentLength ?? bytesMax, bytesMax) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length <= bytesMax ? buffer.AsMemory(0, length) : throw tooLarge;
    }

    private static Dictionary<string, string[]>? WhereWrong<T>(JsonException malformed) =>
        malformed.Path is { Length: > 2 and <= 64 } path && path.StartsWith("$.", StringComparison.Ordinal)
        && IsOurs(typeof(T), path[2..].Split('.'))
            ? new() { [path[2..]] = ["格式不正确"] }
            : null;

    // The name of any other field is the caller's own text, and answers repeat none.
    private static bool IsOurs(Type type, string[] names)
    {
        foreach (var name in names)
        {
            var record = RequestJson.Options.GetTypeInfo(type);
            var field = record.Properties.FirstOrDefault(property => property.Name == name.Split('[')[0]);
            if (field is null) return false;
            type = RequestJson.Options.GetTypeInfo(field.PropertyType).ElementType ?? field.PropertyType;
        }

        return true;
    }

    private static T Validated<T>(T body)
        where T : class
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(body, new ValidationContext(body), results, validateAllProperties: true))
            return body;

        var errors = results
            .SelectMany(
                result => result.MemberNames.DefaultIfEmpty(""), (result, member) => (member, result.ErrorMessage))
            .GroupBy(error => JsonNamingPolicy.CamelCase.ConvertName(error.member))
            .ToDictionary(group => group.Key, group => group.Select(error => error.ErrorMessage ?? "不正确").ToArray());
        throw new ProblemException(Invalid) { FieldErrors = errors };
    }
}
