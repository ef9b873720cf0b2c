namespace Pond.ExportJobs;

/// <summary>How far a table is.</summary>
/// <param name="RowCount">Rows that are written.</param>
/// <param name="IsCut">Whether there was more than the first twenty thousand rows.</param>
/// <param name="EndsAt">Until when it can be fetched.</param>
public sealed record ExportResponse(
    string ExportId,
    ExportKind Kind,
    ExportState State,
    int RowCount,
    bool IsCut,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset EndsAt)
{
    public static ExportResponse Of(ExportJob job) => new(
        job.Id, job.Kind, job.State, job.RowCount, job.IsCut, job.CreatedAt, job.FinishedAt, job.EndsAt);
}
