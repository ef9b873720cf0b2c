using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>What is on offer: published, and not closed yet. A page may hold fewer items than asked for.</summary>
public sealed class ListCoupons(PartitionStore store, TimeProvider clock)
{
    [Function(nameof(ListCoupons))]
    [Caller(CallerKind.Anyone), Paged]
    [EndpointSummary("可领取的优惠券"), Tags("优惠券")]
    [ProducesResponseType<Listing<OfferResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "coupons")]
        HttpRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var until = Keys.Under(CatalogueRows.Prefix).Until;
        var paging = Paging.Of(request, CatalogueRows.From(now), until);
        var templates = await paging.Read(
            store, CatalogueRows.Partition, row => (Row: row, Template: Stored.Read<Template>(row.Data)), cancel);
        OfferResponse[] open =
        [
            .. templates.Items
                .Where(card => CatalogueRows.IsInPlace(card.Row, card.Template))
                .Select(card => card.Template)
                .Where(template => template.State is TemplateState.Published && now < template.Terms.ClaimUntil)
                .Select(template => OfferResponse.Of(template.Terms)),
        ];
        return Results.Ok(new Listing<OfferResponse>(open, templates.Next));
    }
}
