using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.GroupBuys;

/// <summary>A group-buy as shoppers would see it, or why it cannot be. It changes nothing.</summary>
public sealed class PreviewGroupBuy(ActivityDrafts drafts, OperatorCallers callers, TimeProvider clock)
{
    [Function(nameof(PreviewGroupBuy))]
    [Caller(CallerKind.Operator), Body(typeof(GroupBuyRequest))]
    [EndpointSummary("预览拼团活动"), Tags("运营：活动")]
    [ProducesResponseType<GroupBuyResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/group-buys/preview")]
        HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<GroupBuyRequest>(cancel);
        var (terms, plan) = (body.Terms(), body.Plan());
        if ((GroupBuyRules.WhyUnsound(terms) ?? ActivityRules.WhyUnsound(plan)) is { } why)
            return Answers.Problem(why);
        if (await drafts.WhyNoSale(GroupBuyRules.HighestPrices(terms), cancel) is { } noSale)
            return Answers.Problem(noSale);

        var seen = new Activity(
            Id: "", ActivityKind.GroupBuy, plan, Stored.Element(terms), ActivityState.Published, Version: 0);
        return Results.Ok(GroupBuyResponse.Of(seen, clock.GetUtcNow()));
    }
}
