using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Promotions;

namespace Pond.GroupBuys;

/// <summary>GRP-02: a member starts a group by an order; others can join once that is paid.</summary>
public sealed class StartGroup(
    GroupOrders orders, LiveActivities activities, PromotionDoors doors, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(StartGroup))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(GroupOrderRequest))]
    [EndpointSummary("开团"), Tags("拼团")]
    [ProducesResponseType<DealOrder>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "group-buys/{groupBuyId}/groups")]
        HttpRequest request,
        string groupBuyId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<GroupOrderRequest>(cancel);
        var operation = request.Operation(nameof(StartGroup), caller.Id, body);
        if (await orders.Again(caller, body, operation, cancel) is { } known) return known;
        if (await activities.Find(ActivityKind.GroupBuy, groupBuyId, cancel) is not { } activity)
            return Answers.Problem(ActivityRefusals.Missing);
        var why = activity.WhyNot(clock.GetUtcNow())
            ?? await doors.WhyNot(activity.Plan.PromotionId, PartKind.GroupBuy, activity.Id, caller, cancel);
        if (why is not null) return Answers.Problem(why);

        var groupId = Ids.From($"{nameof(StartGroup)} {operation.Key}");
        return await orders.Place(caller, activity, groupId, body, price => price.LeaderFen, operation, cancel);
    }
}
