namespace Pond.Products;

/// <summary>How far an import is.</summary>
/// <param name="DoneCount">Rows that were looked at.</param>
/// <param name="AppliedCount">Of those, rows that hold now.</param>
/// <param name="ErrorCount">Of those, rows that were refused.</param>
public sealed record ImportResponse(
    string ImportId,
    ImportState State,
    int RowCount,
    int DoneCount,
    int AppliedCount,
    int ErrorCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static ImportResponse Of(ProductImport import) => new(
        import.Id, import.State, import.RowCount, import.AppliedCount + import.ErrorCount, import.AppliedCount,
        import.ErrorCount, import.CreatedAt, import.FinishedAt);
}
