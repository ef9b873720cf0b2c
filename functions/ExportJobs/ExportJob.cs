using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.ExportJobs;

/// <summary>ADM-06: a table that an operator has ordered, and how far it is written.</summary>
/// <param name="PartCount">Parts of it that are written, from the first on.</param>
/// <param name="Next">Where its source goes on; null before the first part and at the end.</param>
/// <param name="IsCut">Whether the source had more than a table holds.</param>
public sealed record ExportJob(
    string Id,
    ExportKind Kind,
    ExportState State,
    int PartCount,
    int RowCount,
    string? Next,
    bool IsCut,
    string OperatorId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt = null)
{
    /// <summary>Rows of one part, which is written in one step.</summary>
    public const int RowsPerPart = 100;

    /// <summary>Parts of one table: twenty thousand rows.</summary>
    public const int PartsMax = 200;

    /// <summary>How long a table can be fetched.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    [JsonIgnore]
    public DateTimeOffset EndsAt => CreatedAt + KeptFor;
}

/// <summary>What a table can be of. Stored by name: never rename one.</summary>
public enum ExportKind
{
    /// <summary>Every channel, and how it does.</summary>
    Channels,

    /// <summary>Every tag, and how many have it.</summary>
    Tags,

    /// <summary>Every promotion, and what it has given.</summary>
    Promotions,

    /// <summary>The friends whom a person has to look at.</summary>
    ReferralReviews,

    /// <summary>Who has won what on which leaderboard.</summary>
    LeaderboardWinners,
}

/// <summary>Stored by name: never rename one.</summary>
public enum ExportState
{
    Running,
    Done,

    /// <summary>Its parts are gone, for good.</summary>
    Removed,
}

/// <summary>Some rows of a table, as they were when they were read.</summary>
public sealed record ExportPart(IReadOnlyList<IReadOnlyList<string>> Rows);

/// <param name="Job">Null when there is none.</param>
/// <param name="Parts">By their numbers, those at hand.</param>
public sealed record ExportDesk(ExportJob? Job, IReadOnlyDictionary<int, ExportPart> Parts)
{
    public static readonly ExportDesk Empty = new(null, new Dictionary<int, ExportPart>());
}

/// <summary>What can happen to a table. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record ExportEvent
{
    private ExportEvent()
    {
    }

    public sealed record Ordered(ExportJob Job) : ExportEvent;

    /// <param name="Number">Of the part: 0, 1, 2 …</param>
    public sealed record Written(ExportJob Job, int Number, ExportPart Part) : ExportEvent;

    /// <summary>Parts are gone; with the last of them, the table is.</summary>
    public sealed record Removed(IReadOnlyList<int> Numbers, bool IsLast) : ExportEvent;
}

/// <summary>The "no"s of this slice.</summary>
public static class ExportRefusals
{
    public static readonly Refusal Missing = new("export.missing", RefusalKind.Missing, "没有找到该导出任务，或已过期。");

    public static readonly Refusal NotDone =
        new("export.not_done", RefusalKind.Conflict, "导出尚未完成，请稍后再试。");
}
