using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Reads tables that come in as a request's body.</summary>
public static class CsvBodies
{
    private static readonly Refusal NotCsv =
        new("request.not_csv", RefusalKind.Invalid, "请求内容须为 UTF-8 编码的 text/csv。");

    /// <summary>The text of the table, without the mark that Excel puts before it.</summary>
    /// <exception cref="ProblemException">Not UTF-8, not CSV, or too large.</exception>
    public static async Task<string> ReadCsv(this HttpRequest request, int bytesMax, CancellationToken cancel)
    {
        if (!IsCsv(request))
            throw new ProblemException(NotCsv) { Status = StatusCodes.Status415UnsupportedMediaType };

        var bytes = await Bodies.ReadBytes(request, bytesMax, cancel);
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span).TrimStart('\uFEFF');
            return text.Contains('\0') ? throw new ProblemException(Bodies.Malformed) : text;
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(Bodies.Malformed);
        }
    }

    private static bool IsCsv(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { } type
        && type.MediaType.Equals(Csv.MediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Value is not { } charset
            || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

/// <summary>Says that a function reads a table from the request's body, for the API description.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CsvBodyAttribute : Attribute, IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes { get; } = [Csv.MediaType];

    public Type? RequestType { get; } = typeof(string);

    public bool IsOptional => false;
}
