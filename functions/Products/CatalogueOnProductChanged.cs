using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Products;

/// <summary>Keeps the lists' copies of a product; an older version that comes late changes nothing.</summary>
public sealed class CatalogueOnProductChanged(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CatalogueOnProductChanged))]
    public Task Run(
        [QueueTrigger(ProductMessages.CatalogueQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ProductChangedV1>(
            nameof(CatalogueOnProductChanged), ProductMessages.CatalogueQueue, message, Copy, cancel);

    // Also where it stood before: there the newer version, which does not belong there, keeps older ones away.
    private async Task<Refusal?> Copy(ProductChangedV1 changed, Operation operation, CancellationToken cancel)
    {
        foreach (var row in ProductCards.RowsOf(changed))
        {
            await transactor.Run(
                ProductCards.Card(row),
                operation with { Key = $"{operation.Key} {row}" },
                (card, _) => card?.Version >= changed.Card.Version ? Decision<ProductCard>.Nothing : changed.Card,
                cancel);
        }

        return null;
    }
}
