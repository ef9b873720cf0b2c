using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>Keeps the catalogue's copy of a template; an older version that comes late changes nothing.</summary>
public sealed class CatalogueOnTemplateChanged(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CatalogueOnTemplateChanged))]
    public Task Run(
        [QueueTrigger(CouponMessages.CatalogueQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TemplateChangedV1>(
            nameof(CatalogueOnTemplateChanged), CouponMessages.CatalogueQueue, message, Copy, cancel);

    private async Task<Refusal?> Copy(TemplateChangedV1 changed, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            CatalogueRows.Card(changed.Template),
            operation,
            (card, _) => card?.Version >= changed.Template.Version ? Decision<Template>.Nothing : changed.Template,
            cancel);
        return decision.Refusal;
    }
}
