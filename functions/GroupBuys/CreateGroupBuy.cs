using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.GroupBuys;

/// <summary>GRP-01: marketing drafts a group-buy. Nobody sees it before it is published.</summary>
public sealed class CreateGroupBuy(ActivityDrafts drafts, OperatorCallers callers)
{
    [Function(nameof(CreateGroupBuy))]
    [Caller(CallerKind.Operator), Body(typeof(GroupBuyRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建拼团活动"), Tags("运营：活动")]
    [ProducesResponseType<ActivityResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/group-buys")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<GroupBuyRequest>(cancel);
        var operation = request.Operation(nameof(CreateGroupBuy), caller.Id, body);
        var terms = body.Terms();
        if (GroupBuyRules.WhyUnsound(terms) is { } why) return Answers.Problem(why);
        if (await drafts.WhyNoSale(GroupBuyRules.HighestPrices(terms), cancel) is { } noSale)
            return Answers.Problem(noSale);

        var (activity, whyNot) = await drafts.Create(
            caller, operation, ActivityKind.GroupBuy, body.Plan(), terms, cancel);
        return activity is null
            ? Answers.Problem(whyNot!)
            : Results.Json(ActivityResponse.Of(activity), statusCode: StatusCodes.Status201Created);
    }
}
