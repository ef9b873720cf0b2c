using System.Runtime.CompilerServices;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>Reads a copy from its start, whole or as far as it has come, and believes no line of it.</summary>
/// <param name="name">The file's name, for messages.</param>
internal sealed class CopyReader(Stream file, string name) : IDisposable
{
    private readonly CopyLines lines = new(file, name);

    /// <summary>What the rows that have been read amount to.</summary>
    public CopyTally Tally { get; } = new();

    /// <summary>What the footer says; null before it is read.</summary>
    public CopySum? Footer { get; private set; }

    /// <summary>Where the rows that have been read end in the file; 0 when it has no whole header.</summary>
    public long RowsEnd { get; private set; }

    /// <summary>The rows up to the footer, or up to where the file breaks off.</summary>
    /// <exception cref="StoreCopyException">A line is not what can stand there.</exception>
    public async IAsyncEnumerable<ScannedRow> Rows([EnumeratorCancellation] CancellationToken cancel)
    {
        if (await lines.Next(cancel) is not { } header) yield break;
        if (!header.Span.SequenceEqual(CopyFormat.Header))
            throw lines.Broken("it is not the header of a copy that this program can read");

        RowsEnd = lines.Position;
        while (await lines.Next(cancel) is { } line)
        {
            if (CopyFormat.IsFooter(line))
            {
                await ReadFooter(line, cancel);
                yield break;
            }

            var row = CopyFormat.Row(line) ?? throw lines.Broken("it is neither a row nor a footer of a copy");
            if (Tally.Broken(row) is { } reason) throw lines.Broken($"it is {row.Place}. {reason}");
            Tally.Add(row, line.Span);
            RowsEnd = lines.Position;
            yield return row;
        }
    }

    /// <summary>What the copy amounts to, once all rows are read and it is known to be whole.</summary>
    /// <exception cref="StoreCopyException">It breaks off, or its footer says something else.</exception>
    public CopySum WholeSum()
    {
        if (Footer is null) throw new StoreCopyException($"{name} breaks off after line {lines.Number}.");
        var sum = Tally.Sum;
        if (Footer.Rows != sum.Rows || Footer.Partitions != sum.Partitions)
        {
            throw lines.Broken(
                $"it tells {Footer.Rows} rows in {Footer.Partitions} partitions, " +
                $"and the file has {sum.Rows} in {sum.Partitions}");
        }

        return Footer == sum ? sum : throw lines.Broken("its hash is not that of the lines before it");
    }

    public void Dispose() => Tally.Dispose();

    private async Task ReadFooter(ReadOnlyMemory<byte> line, CancellationToken cancel)
    {
        Footer = CopyFormat.Sum(line) ?? throw lines.Broken("it is no footer of a copy");
        if (await lines.Next(cancel) is not null) throw lines.Broken("it stands behind the footer");
        if (lines.IsTorn) throw new StoreCopyException($"{name} goes on behind its footer, line {lines.Number}.");
    }
}
