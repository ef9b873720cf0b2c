using Pond.Platform;

namespace Pond.ExportJobs;

/// <summary>A table has parts that are not written yet.</summary>
public sealed record ExportGoesOnV1(string ExportId);

/// <summary>The queues of this slice.</summary>
public static class ExportMessages
{
    public const string ExportQueue = "exports";

    public static Message GoesOn(ExportGoesOnV1 next) => new(ExportQueue, next);
}
