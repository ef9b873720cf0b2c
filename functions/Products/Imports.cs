using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Products;

/// <summary>A file of products, and how far it has been taken over.</summary>
/// <param name="DoneChunks">Parts of it that are done, from the first on.</param>
/// <param name="AppliedCount">Rows that hold now.</param>
/// <param name="ErrorCount">Rows that were refused.</param>
public sealed record ProductImport(
    string Id,
    ImportState State,
    int RowCount,
    int ChunkCount,
    int DoneChunks,
    int AppliedCount,
    int ErrorCount,
    string OperatorId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt = null);

/// <summary>Stored by name: never rename one.</summary>
public enum ImportState
{
    Running,
    Done,
}

/// <summary>Some rows of a file, as they will be taken over in one step.</summary>
public sealed record ImportChunk(IReadOnlyList<ImportRow> Rows);

/// <summary>One row of a file.</summary>
/// <param name="Number">1, 2, 3 … without the heading.</param>
/// <param name="Fields">In the order of <see cref="ImportColumns.All"/>; empty where the file says nothing.</param>
public sealed record ImportRow(int Number, IReadOnlyList<string> Fields);

/// <summary>Why a row was refused.</summary>
/// <param name="Row">1, 2, 3 … without the heading.</param>
public sealed record ImportError(int Row, string Code, string Message);

/// <param name="Chunk">The one at hand; null once it is done.</param>
/// <param name="Errors">What this decision adds.</param>
public sealed record ImportDesk(ProductImport? Import, ImportChunk? Chunk, IReadOnlyList<ImportError> Errors);

/// <summary>What can happen to an import. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(ChunkDone), "chunk-done")]
public abstract record ImportEvent
{
    private ImportEvent()
    {
    }

    public sealed record Ordered(ProductImport Import) : ImportEvent;

    public sealed record ChunkDone(
        string ImportId,
        int Number,
        bool IsLast,
        int AppliedCount,
        IReadOnlyList<ImportError> Errors,
        DateTimeOffset At) : ImportEvent;
}

/// <summary>The "no"s about imports, and about single rows of them.</summary>
public static class ImportRefusals
{
    public static readonly Refusal Missing = new("import.missing", RefusalKind.Missing, "没有找到该导入任务。");
    public static readonly Refusal Malformed =
        new("import.malformed", RefusalKind.Invalid, "文件不是规范的 CSV，请检查引号和列数。");

    public static readonly Refusal BadHeading =
        new("import.bad_heading", RefusalKind.Invalid, "表头有误：须含 spuId 和 skuId，且没有未知或重复的列。");

    public static readonly Refusal Empty = new("import.empty", RefusalKind.Invalid, "文件没有数据行。");
    public static readonly Refusal TooLarge =
        new("import.too_large", RefusalKind.Invalid, "文件过大，请拆分后分批导入。");

    public static readonly Refusal Incomplete =
        new("import.incomplete", RefusalKind.Invalid, "新商品须填写分类和标题，新规格须填写价格。");

    /// <summary>Of a row; its message says which field.</summary>
    public static readonly Refusal BadField = new("import.bad_field", RefusalKind.Invalid, "有字段的格式不正确。");
}
