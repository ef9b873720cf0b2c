using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>A file as rows of our columns, cut into chunks. Pure.</summary>
public static class ImportFiles
{
    /// <summary>Bytes of a file.</summary>
    public const int BytesMax = 512 * 1024;

    /// <summary>Rows of a file.</summary>
    public const int RowsMax = 1_000;

    /// <summary>Rows that one step takes over.</summary>
    public const int RowsPerChunk = 20;

    /// <summary>Characters of all chunks as they are stored, so that they fit into one commit.</summary>
    private const int CharsMax = 500_000;

    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        ExceptionMessagesContainRawData = false,
    };

    /// <summary>The chunks, or why the file cannot be taken at all.</summary>
    public static (IReadOnlyList<ImportChunk> Chunks, Refusal? WhyNot) Read(string text)
    {
        if (Records(text) is not { } records) return ([], ImportRefusals.Malformed);
        if (records.Count == 0 || !ImportColumns.IsHeading(records[0])) return ([], ImportRefusals.BadHeading);
        if (records.Any(record => record.Length != records[0].Length)) return ([], ImportRefusals.Malformed);
        if (records.Count == 1) return ([], ImportRefusals.Empty);
        if (records.Count - 1 > RowsMax) return ([], ImportRefusals.TooLarge);

        ImportChunk[] chunks =
        [
            .. records.Skip(1)
                .Select((fields, index) => new ImportRow(index + 1, ImportColumns.InOrder(records[0], fields)))
                .Chunk(RowsPerChunk).Select(rows => new ImportChunk(rows)),
        ];
        return chunks.Sum(chunk => Stored.Write(chunk).Length) > CharsMax
            ? ([], ImportRefusals.TooLarge)
            : (chunks, null);
    }

    // Null when it is no CSV. Where the file ends with a doubled quote, the parser misses that the field never ends.
    private static List<string[]>? Records(string text)
    {
        if (text.Count(letter => letter == '"') % 2 != 0) return null;
        try
        {
            using var parser = new CsvParser(new StringReader(text), Rfc4180);
            var records = new List<string[]>();
            while (records.Count <= RowsMax + 1 && parser.Read()) records.Add(parser.Record!);
            return records;
        }
        catch (CsvHelperException)
        {
            return null;
        }
    }
}
