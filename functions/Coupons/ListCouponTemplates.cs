using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Every template, in the order in which their claims end. A page may hold fewer items than asked for.
/// </summary>
public sealed class ListCouponTemplates(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListCouponTemplates))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("优惠券模板列表"), Tags("运营：优惠券")]
    [ProducesResponseType<Listing<TemplateResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/coupon-templates")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(CatalogueRows.Prefix);
        var cards = await Paging.Of(request, from, until).Read(
            store, CatalogueRows.Partition, row => (Row: row, Template: Stored.Read<Template>(row.Data)), cancel);
        TemplateResponse[] templates =
        [
            .. cards.Items.Where(card => CatalogueRows.IsInPlace(card.Row, card.Template))
                .Select(card => TemplateResponse.Of(card.Template)),
        ];
        return Results.Ok(new Listing<TemplateResponse>(templates, cards.Next));
    }
}
