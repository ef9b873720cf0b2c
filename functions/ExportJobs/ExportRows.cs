using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>Partition <c>xj:{exportId}</c>: <c>export</c> is the head, and <c>part:{number}</c> each part.</summary>
public static class ExportRows
{
    /// <summary>The sweep of tables whose time is over.</summary>
    public const string EndsDue = "exports-ending";

    private const string Head = "export";
    private const string PartPrefix = "part";
    private const string PartitionPrefix = "xj:";
    private const int NumberDigits = 4;

    public static string Partition(string exportId) => PartitionPrefix + exportId;

    public static string ExportIn(string partition) => partition[PartitionPrefix.Length..];

    /// <summary>The table, or null when there is none or no longer, or the id is none at all.</summary>
    public static async Task<ExportJob?> Find(PartitionStore store, string exportId, CancellationToken cancel) =>
        Ids.IsId(exportId) && await store.Find<ExportJob>(Partition(exportId), Head, cancel) is { } job
            && job.State is not ExportState.Removed
            ? job
            : null;

    /// <summary>Its parts, in their order.</summary>
    public static IAsyncEnumerable<ExportPart> Parts(
        PartitionStore store, string exportId, CancellationToken cancel) => store
        .ReadEach(Partition(exportId), Keys.Under(PartPrefix), ExportJob.RowsPerPart, cancel)
        .Select(row => Stored.Read<ExportPart>(row.Data));

    /// <summary>The numbers of the first parts that are there.</summary>
    public static async Task<IReadOnlyList<int>> FirstParts(
        PartitionStore store, string exportId, int most, CancellationToken cancel)
    {
        var (from, until) = Keys.Under(PartPrefix);
        var page = await store.Range(Partition(exportId), from, until, most, cancel);
        return [.. page.Rows.Select(row => NumberIn(row.Key))];
    }

    /// <summary>The table with these parts of it.</summary>
    public static Layout<ExportDesk, ExportEvent> Of(string exportId, params IReadOnlyList<int> numbers) => new(
        Partition(exportId),
        Head,
        [.. numbers.Select(number => new Load.One(PartRow(number)))],
        Read: rows => new ExportDesk(
            rows.Find<ExportJob>(Head),
            numbers.Select(number => (number, Part: rows.Find<ExportPart>(PartRow(number))))
                .Where(one => one.Part is not null).ToDictionary(one => one.number, one => one.Part!)),
        Write: Rows,
        Evolve: ExportRules.Evolve,
        Announce: Announce,
        Due: desk => desk.Job is { } job && job.State is not ExportState.Removed
            ? [new Deadline(EndsDue, job.EndsAt)]
            : []);

    private static IEnumerable<StateRow> Rows(ExportDesk desk) =>
    [
        .. desk.Job is { } job ? [new StateRow(Head, job)] : (StateRow[])[],
        .. desk.Parts.Select(part => new StateRow(PartRow(part.Key), part.Value)),
    ];

    private static IEnumerable<Message> Announce(ExportEvent fact) => fact switch
    {
        ExportEvent.Ordered { Job: var job } =>
        [
            ExportMessages.GoesOn(new ExportGoesOnV1(job.Id)),
            OperatorMessages.Acted(new OperatorActedV1(
                job.OperatorId, "export.order", job.Id, "", null, job.Kind.ToString(), job.CreatedAt)),
        ],
        ExportEvent.Written { Job: { State: ExportState.Running } job } =>
            [ExportMessages.GoesOn(new ExportGoesOnV1(job.Id))],
        _ => [],
    };

    private static string PartRow(int number) => $"{PartPrefix}:{Keys.Sortable(number, NumberDigits)}";

    private static int NumberIn(string row) =>
        int.Parse(row.AsSpan(PartPrefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
