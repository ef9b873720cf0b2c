using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>
/// The lines of a copy: a header, the rows in the order of their places, a footer. JSON in UTF-8; each ends in LF.
/// </summary>
/// <remarks>
/// One content has one form, byte by byte, and holds no time: two copies are equal when the stores are. So the escapes
/// are spelled out here, where no version of a library can change them.
/// </remarks>
internal static class CopyFormat
{
    /// <summary>Bytes of the longest line: of a row of the longest data, each character of it escaped.</summary>
    public const int LineBytesMax = 4 * 1024 * 1024;

    /// <summary>What ends every line.</summary>
    public const byte LineEnd = (byte)'\n';

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Names the format and its version. Raise the version with every change of any line.</summary>
    public static ReadOnlySpan<byte> Header => "{\"format\":\"pond-store\",\"version\":1}\n"u8;

    private static ReadOnlySpan<byte> FooterStart => "{\"rows\":"u8;

    public static bool IsFooter(ReadOnlyMemory<byte> line) => line.Span.StartsWith(FooterStart);

    public static byte[] Line(ScannedRow row)
    {
        var line = new StringBuilder(row.Data.Length + row.Place.Partition.Length + row.Place.Key.Length + 32);
        line.Append("{\"p\":\"");
        Escape(line, row.Place.Partition);
        line.Append("\",\"k\":\"");
        Escape(line, row.Place.Key);
        line.Append("\",\"d\":\"");
        Escape(line, row.Data);
        return Utf8.GetBytes(line.Append("\"}\n").ToString());
    }

    public static byte[] Footer(CopySum sum) => Utf8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"rows\":{sum.Rows},\"partitions\":{sum.Partitions},\"sha256\":\"{sum.Sha256}\"}}\n"));

    /// <summary>The row of a line, or null when it is not exactly what <see cref="Line"/> writes.</summary>
    public static ScannedRow? Row(ReadOnlyMemory<byte> line)
    {
        if (Read<RowLine>(line) is not { } read) return null;
        var row = new ScannedRow(new RowPlace(read.P, read.K), read.D);
        return line.Span.SequenceEqual(Line(row)) ? row : null;
    }

    /// <summary>The sum of a line, or null when it is not exactly what <see cref="Footer"/> writes.</summary>
    public static CopySum? Sum(ReadOnlyMemory<byte> line) =>
        Read<CopySum>(line) is { } sum && line.Span.SequenceEqual(Footer(sum)) ? sum : null;

    private static T? Read<T>(ReadOnlyMemory<byte> line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line.Span, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Escape(StringBuilder line, string text)
    {
        foreach (var character in text)
        {
            if (character is '"' or '\\') line.Append('\\').Append(character);
            else if (character < ' ') line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else line.Append(character);
        }
    }

    private sealed record RowLine(string P, string K, string D);
}
