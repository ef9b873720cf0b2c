namespace Pond.Platform.StoreCopy;

/// <summary>Reads the lines of a file one by one, each as the bytes that it is.</summary>
/// <param name="name">The file's name, for messages.</param>
internal sealed class CopyLines(Stream file, string name)
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] buffer = new byte[FirstBufferBytes];
    private int start;
    private int end;

    /// <summary>How many lines have been read.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes of the lines that have been read.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the end has come within a line.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The next line with its end, valid until the next call; null when no whole line is left.</summary>
    /// <exception cref="StoreCopyException">A line is longer than any line of a copy.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(CancellationToken cancel)
    {
        for (var searched = start; ;)
        {
            if (buffer.AsSpan(searched, end - searched).IndexOf(CopyFormat.LineEnd) is >= 0 and var at)
                return Take(searched + at + 1);

            MakeRoom();
            searched = end;
            var read = await file.ReadAsync(buffer.AsMemory(end), cancel);
            end += read;
            if (read > 0) continue;
            IsTorn = end > start;
            return null;
        }
    }

    /// <summary>Says what is wrong with the line that was read last.</summary>
    public StoreCopyException Broken(string reason) =>
        new($"{name} is broken in line {Number}: {reason.TrimEnd('.')}.");

    private ReadOnlyMemory<byte> Take(int until)
    {
        var line = buffer.AsMemory(start, until - start);
        start = until;
        Number++;
        Position += line.Length;
        return line.Length <= CopyFormat.LineBytesMax ? line : throw TooLong();
    }

    private void MakeRoom()
    {
        if (end - start > CopyFormat.LineBytesMax)
        {
            Number++;
            throw TooLong();
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
    }

    private StoreCopyException TooLong() => Broken($"it is longer than {CopyFormat.LineBytesMax} bytes");
}
