using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>Marketing drafts a flash sale; publishing, pausing and ending it are those of every activity.</summary>
public sealed class CreateFlashSale(ActivityDrafts drafts, OperatorCallers callers)
{
    [Function(nameof(CreateFlashSale))]
    [Caller(CallerKind.Operator), Body(typeof(FlashSaleRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建秒杀活动"), Tags("运营：活动")]
    [ProducesResponseType<ActivityResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/flash-sales")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<FlashSaleRequest>(cancel);
        var operation = request.Operation(nameof(CreateFlashSale), caller.Id, body);
        var (plan, terms) = (body.Plan(), body.Terms());
        var why = FlashSalePlanRules.WhyUnsound(plan, terms)
            ?? await drafts.WhyNoSale([(body.SkuId, body.PriceFen)], cancel);
        if (why is not null) return Answers.Problem(why);

        var (activity, refusal) =
            await drafts.Create(caller, operation, ActivityKind.FlashSale, plan, terms, cancel);
        return activity is null
            ? Answers.Problem(refusal!)
            : Results.Json(ActivityResponse.Of(activity), statusCode: StatusCodes.Status201Created);
    }
}
