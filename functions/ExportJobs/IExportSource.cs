namespace Pond.ExportJobs;

/// <summary>Reads what a table is made of. Whoever has something to export registers one.</summary>
public interface IExportSource
{
    ExportKind Kind { get; }

    /// <summary>What stands above the columns.</summary>
    IReadOnlyList<string> Heading { get; }

    /// <summary>The next rows, at most <see cref="ExportJob.RowsPerPart"/>.</summary>
    /// <param name="from">As the page before has said; null for the first one.</param>
    Task<ExportPage> Read(string? from, CancellationToken cancel);
}

/// <summary>Some rows of a source.</summary>
/// <param name="Rows">Each with a field for each column.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ExportPage(IReadOnlyList<IReadOnlyList<string>> Rows, string? Next);
