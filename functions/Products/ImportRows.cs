using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>
/// Partition <c>pi:{importId}</c>: <c>import</c> is the head, <c>chunk:{number}</c> what is still to be done, and
/// <c>row-error:{row}</c> the rows that were refused.
/// </summary>
public static class ImportRows
{
    public const string Head = "import";
    public const string ErrorPrefix = "row-error";

    private const int NumberDigits = 5;

    public static string Partition(string importId) => "pi:" + importId;

    /// <summary>The import, or null when there is none, or the id is none at all.</summary>
    public static async Task<ProductImport?> Find(PartitionStore store, string importId, CancellationToken cancel) =>
        Ids.IsId(importId) ? await store.Find<ProductImport>(Partition(importId), Head, cancel) : null;

    public static Task<ImportChunk?> FindChunk(
        PartitionStore store, string importId, int number, CancellationToken cancel) =>
        store.Find<ImportChunk>(Partition(importId), ChunkRow(number), cancel);

    /// <summary>An import that is about to be ordered. Its chunks are no part of the fact, which has to stay small.
    /// </summary>
    public static Layout<ImportDesk, ImportEvent> Order(string importId, IReadOnlyList<ImportChunk> chunks) => new(
        Partition(importId),
        Head,
        Loads: [],
        Read: rows => new ImportDesk(rows.Find<ProductImport>(Head), null, []),
        Write: desk =>
        [
            .. Heads(desk),
            .. chunks.Select((chunk, number) => new StateRow(ChunkRow(number), chunk)),
        ],
        Evolve: ImportRules.Evolve,
        Announce: Announce);

    /// <summary>An import with one of its chunks.</summary>
    public static Layout<ImportDesk, ImportEvent> Step(string importId, int number) => new(
        Partition(importId),
        Head,
        [new Load.One(ChunkRow(number))],
        Read: rows => new ImportDesk(
            rows.Find<ProductImport>(Head), rows.Find<ImportChunk>(ChunkRow(number)), []),
        Write: desk =>
        [
            .. Heads(desk),
            .. desk.Chunk is { } chunk ? [new StateRow(ChunkRow(number), chunk)] : (StateRow[])[],
            .. desk.Errors.Select(error =>
                new StateRow($"{ErrorPrefix}:{Keys.Sortable(error.Row, NumberDigits)}", error)),
        ],
        Evolve: ImportRules.Evolve,
        Announce: Announce);

    private static IEnumerable<StateRow> Heads(ImportDesk desk) =>
        desk.Import is { } import ? [new StateRow(Head, import)] : [];

    private static string ChunkRow(int number) => $"chunk:{Keys.Sortable(number, NumberDigits)}";

    private static IEnumerable<Message> Announce(ImportEvent fact) => fact switch
    {
        ImportEvent.Ordered { Import: var import } =>
        [
            ProductMessages.Import(new ImportGoesOnV1(import.Id)),
            OperatorMessages.Acted(new OperatorActedV1(
                import.OperatorId, "product.import", import.Id, "", null,
                import.RowCount.ToString(CultureInfo.InvariantCulture), import.CreatedAt)),
        ],
        ImportEvent.ChunkDone { IsLast: false } done => [ProductMessages.Import(new ImportGoesOnV1(done.ImportId))],
        _ => [],
    };
}
