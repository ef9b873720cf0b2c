using Pond.Kernel;

namespace Pond.ExportJobs;

/// <summary>ADM-06: how a table is ordered, written part by part, and removed. Pure.</summary>
public static class ExportRules
{
    /// <summary>Parts that one step removes: they fit into one commit.</summary>
    public const int RemovedPerStep = 50;

    /// <summary>An operator orders it; the same again is the same.</summary>
    public static Decision<ExportEvent> Order(
        ExportDesk desk, string id, ExportKind kind, string operatorId, DateTimeOffset now) =>
        desk.Job is not null
            ? Decision<ExportEvent>.Nothing
            : new ExportEvent.Ordered(new ExportJob(
                id, kind, ExportState.Running, PartCount: 0, RowCount: 0, Next: null, IsCut: false, operatorId, now));

    /// <summary>A part was read; one that is written already changes nothing.</summary>
    /// <param name="number">Of the part: 0, 1, 2 …</param>
    public static Decision<ExportEvent> Write(ExportDesk desk, int number, ExportPage page, DateTimeOffset now)
    {
        if (desk.Job is not { State: ExportState.Running } job || job.PartCount != number)
            return Decision<ExportEvent>.Nothing;

        var isFull = number + 1 == ExportJob.PartsMax;
        var isLast = page.Next is null || isFull;
        var after = job with
        {
            State = isLast ? ExportState.Done : ExportState.Running,
            PartCount = number + 1,
            RowCount = job.RowCount + page.Rows.Count,
            Next = isLast ? null : page.Next,
            IsCut = isFull && page.Next is not null,
            FinishedAt = isLast ? now : null,
        };
        return new ExportEvent.Written(after, number, new ExportPart(page.Rows));
    }

    /// <summary>Its time is over: these parts go, and with the last of them all of it.</summary>
    /// <param name="desk">With the parts at hand.</param>
    public static Decision<ExportEvent> Remove(ExportDesk desk, DateTimeOffset now)
    {
        if (desk.Job is not { } job || job.State is ExportState.Removed || now < job.EndsAt)
            return Decision<ExportEvent>.Nothing;
        int[] numbers = [.. desk.Parts.Keys.Order().Take(RemovedPerStep)];
        return new ExportEvent.Removed(numbers, IsLast: numbers.Length < RemovedPerStep);
    }

    public static ExportDesk Evolve(ExportDesk desk, ExportEvent fact) => fact switch
    {
        ExportEvent.Ordered ordered => desk with { Job = ordered.Job },
        ExportEvent.Written written => new ExportDesk(
            written.Job, new Dictionary<int, ExportPart>(desk.Parts) { [written.Number] = written.Part }),
        ExportEvent.Removed removed => new ExportDesk(
            removed.IsLast ? desk.Job! with { State = ExportState.Removed, Next = null } : desk.Job,
            desk.Parts.Where(part => !removed.Numbers.Contains(part.Key)).ToDictionary()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
