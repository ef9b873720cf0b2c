using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>Writes all rows of a store into a file.</summary>
/// <remarks>
/// Into <c>FILE.part</c>, which gets its name when it is whole. One that is there already is gone on with, so an export
/// may be killed at any moment; its rows are as the store was then.
/// </remarks>
public sealed class StoreExport(WholeStore store, CopyProgress progress)
{
    private const string PartSuffix = ".part";
    private const int BufferBytes = 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Exports.</summary>
    /// <exception cref="StoreCopyException">The file is there already, or what is there of it is broken.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer: the same call goes on.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<CopySum> Run(string path, CancellationToken cancel)
    {
        if (Path.Exists(path)) throw new StoreCopyException($"{path} is there already, and nothing is written over.");

        var part = path + PartSuffix;
        CopySum sum;
        await using (var file = Open(part))
        {
            sum = await Write(file, part, cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: false);
        return sum;
    }

    private async Task<CopySum> Write(FileStream file, string part, CancellationToken cancel)
    {
        using var begun = new CopyReader(file, part);
        await GoOn(file, begun, part, cancel);
        var tally = begun.Tally;
        await foreach (var row in progress.Of("exported", store.Scan(tally.Last, cancel), cancel))
        {
            if (tally.Broken(row) is { } reason)
                throw new StoreCopyException($"The store holds what no store of Pond holds, {row.Place}: {reason}");
            var line = CopyFormat.Line(row);
            await file.WriteAsync(line, cancel);
            tally.Add(row, line);
        }

        var sum = tally.Sum;
        await file.WriteAsync(CopyFormat.Footer(sum), cancel);
        return sum;
    }

    /// <summary>Reads again what there is, cuts a torn line off, and leaves the file at the end of its rows.</summary>
    private async Task GoOn(FileStream file, CopyReader begun, string part, CancellationToken cancel)
    {
        var rows = 0L;
        await foreach (var _ in begun.Rows(cancel)) rows++;
        file.SetLength(begun.RowsEnd);
        file.Position = begun.RowsEnd;
        if (begun.RowsEnd == 0) await file.WriteAsync(CopyFormat.Header.ToArray(), cancel);
        if (rows == 0) return;
        progress.Say($"Going on after the {rows} rows of {part}; delete it if the store changed since or is another.");
    }

    // Nobody else may read what members have, nor write here meanwhile.
    private static FileStream Open(string part)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(part, options);
    }
}
