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

    // Also where it stood before: there the newer version, which does not belong there, keeps older ones away.
    private async Task<Refusal?> Copy(TemplateChangedV1 changed, Operation operation, CancellationToken cancel)
    {
        var template = changed.Template;
        DateTimeOffset[] ends = [template.Terms.ClaimUntil, changed.FormerUntil ?? template.Terms.ClaimUntil];
        foreach (var row in ends.Select(end => CatalogueRows.RowOf(end, template.Terms.TemplateId)).Distinct())
        {
            await transactor.Run(
                CatalogueRows.Card(row),
                operation with { Key = $"{operation.Key} {row}" },
                (card, _) => card?.Version >= template.Version ? Decision<Template>.Nothing : template,
                cancel);
        }

        return null;
    }
}
