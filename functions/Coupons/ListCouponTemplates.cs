using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>Every template, in the order in which their claims end.</summary>
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
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, CatalogueRows.Partition, row => TemplateResponse.Of(Stored.Read<Template>(row.Data)), cancel));
    }
}
