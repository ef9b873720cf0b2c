using System.Text;

namespace Pond.Platform.Http;

/// <summary>Tables as a file that Excel and its kin open, Chinese and all.</summary>
public static class Csv
{
    public const string MediaType = "text/csv";

    // What a table program takes for the start of a formula.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>An answer that nobody on the way keeps.</summary>
    public static IResult ToHttp(IEnumerable<IReadOnlyList<string>> rows) => new Answer(Of(rows));

    /// <summary>RFC 4180; a field that looks like a formula gets an apostrophe, which makes it a text.</summary>
    public static string Of(IEnumerable<IReadOnlyList<string>> rows) =>
        string.Concat(rows.Select(row => string.Join(',', row.Select(Field)) + "\r\n"));

    private static string Field(string text)
    {
        var harmless = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed class Answer(string table) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = MediaType + "; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            // The mark at the start tells Excel that it is UTF-8.
            return response.Body.WriteAsync((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(table)])
                .AsTask();
        }
    }
}
