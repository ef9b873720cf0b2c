using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-06: carries an import one bounded step further; each step asks for the next.</summary>
public sealed class ImportOnImportGoesOn(
    Inbox inbox, Transactor transactor, PartitionStore store, ImportWork work, TimeProvider clock)
{
    [Function(nameof(ImportOnImportGoesOn))]
    public Task Run(
        [QueueTrigger(ProductMessages.ImportQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ImportGoesOnV1>(
            nameof(ImportOnImportGoesOn), ProductMessages.ImportQueue, message, GoOn, cancel);

    private async Task<Refusal?> GoOn(ImportGoesOnV1 next, Operation operation, CancellationToken cancel)
    {
        if (await ImportRows.Find(store, next.ImportId, cancel) is not { } import) return ImportRefusals.Missing;
        var number = import.DoneChunks;
        if (await ImportRows.FindChunk(store, import.Id, number, cancel) is not { } chunk) return null; // by others

        // One after the other: rows of one product build on each other.
        var errors = new List<ImportError>();
        foreach (var row in chunk.Rows)
        {
            if (await work.Apply(import, row, cancel) is { } error) errors.Add(error);
        }

        var done = new ImportEvent.ChunkDone(
            import.Id, number, number + 1 == import.ChunkCount, chunk.Rows.Count - errors.Count, errors,
            clock.GetUtcNow());
        var decision = await transactor.Run(
            ImportRows.Step(import.Id, number), operation, (desk, _) => ImportRules.GoOn(desk, done), cancel);
        return decision.Refusal;
    }
}
