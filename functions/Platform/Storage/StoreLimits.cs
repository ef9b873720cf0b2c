using System.Text.Json;

namespace Pond.Platform.Storage;

/// <summary>What Azure Table Storage allows, and so what every store here allows.</summary>
/// <remarks>Source: the Table service data model and entity group transactions in Azure's documentation.</remarks>
public static class StoreLimits
{
    /// <summary>Writes in one batch.</summary>
    public const int WritesPerBatchMax = 100;

    /// <summary>Bytes of one batch as it travels, with its JSON escapes and envelopes.</summary>
    public const int BatchBytesMax = 4 * 1024 * 1024;

    /// <summary>Bytes of one row as Azure counts them: two a character, keys and property names included.</summary>
    public const int RowBytesMax = 1024 * 1024;

    /// <summary>Rows in one page of a range.</summary>
    public const int RowsPerPageMax = 1_000;

    /// <summary>Characters of one string property; longer data is spread over several.</summary>
    public const int PropertyCharsMax = 32_768;

    /// <summary>The envelope of one write inside a batch: part headers, the request line, the property names.</summary>
    private const int WriteEnvelopeBytes = 1_024;

    private const int RowOverheadBytes = 4;
    private const int PropertyOverheadBytes = 8 + (2 * 8) + 4;
    private const int EscapedCharBytesMax = 6;

    /// <summary>Why a batch cannot be stored, or null.</summary>
    public static string? Broken(string partition, IReadOnlyList<Write> writes)
    {
        if (writes.Count == 0) return "A batch holds at least one write.";
        if (writes.Count > WritesPerBatchMax)
            return $"A batch holds at most {WritesPerBatchMax} writes, not {writes.Count}.";

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (Keys.Broken(write.Key) is { } reason) return reason;
            if (!keys.Add(write.Key)) return $"The row {write.Key} stands twice in one batch.";
            if (!Utf16.IsStorable(DataOf(write))) return $"The row {write.Key} holds {Utf16.Unstorable}.";
            if (RowBytes(partition, write.Key, DataOf(write)) > RowBytesMax)
                return $"The row {write.Key} is over {RowBytesMax} bytes.";
        }

        return BatchBytes(partition, writes) > BatchBytesMax ? $"The batch is over {BatchBytesMax} bytes." : null;
    }

    /// <summary>The size of a row as Azure counts it.</summary>
    public static long RowBytes(string partition, string key, string data)
    {
        var properties = (data.Length / PropertyCharsMax) + 1;
        return RowOverheadBytes + (2L * (partition.Length + key.Length + data.Length))
            + ((long)properties * PropertyOverheadBytes);
    }

    /// <summary>The most that one write can add to the bytes of its batch, whatever has to be escaped.</summary>
    public static long WriteBytesMax(string partition, Write write) =>
        EnvelopeBytes(partition, write) + ((long)DataOf(write).Length * EscapedCharBytesMax);

    private static long EnvelopeBytes(string partition, Write write) =>
        WriteEnvelopeBytes + (2L * (partition.Length + write.Key.Length));

    private static long BatchBytes(string partition, IReadOnlyList<Write> writes)
    {
        var envelopes = writes.Sum(write => EnvelopeBytes(partition, write));
        var chars = writes.Sum(write => (long)DataOf(write).Length);
        return envelopes + (chars * EscapedCharBytesMax) <= BatchBytesMax
            ? envelopes + chars // surely below the limit: no need to count escapes
            : envelopes + writes.Sum(write => (long)JsonEncodedText.Encode(DataOf(write)).EncodedUtf8Bytes.Length);
    }

    private static string DataOf(Write write) => write switch
    {
        Write.Insert insert => insert.Data,
        Write.Replace replace => replace.Data,
        _ => "",
    };
}
