using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Orders;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.GroupBuys;

/// <summary>
/// GRP-02, GRP-04: a member joins a group by an order. A group that has begun goes on after its activity.
/// </summary>
public sealed class JoinGroup(
    GroupOrders orders,
    LiveActivities activities,
    PaidOrders paidOrders,
    PromotionDoors doors,
    PartitionStore store,
    MemberCallers callers,
    TimeProvider clock)
{
    [Function(nameof(JoinGroup))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(GroupOrderRequest))]
    [EndpointSummary("参团"), Tags("拼团")]
    [ProducesResponseType<DealOrder>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "groups/{groupId}/members")]
        HttpRequest request,
        string groupId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<GroupOrderRequest>(cancel);
        var operation = request.Operation(nameof(JoinGroup), caller.Id, body);
        if (await orders.Again(caller, body, operation, cancel) is { } known) return known;
        if (await GroupRows.Find(store, groupId, cancel) is not { } desk)
            return Answers.Problem(GroupRefusals.Missing);

        var isNewcomer = !await paidOrders.HasAny(caller.Id, except: null, cancel);
        if (GroupRules.WhyNotJoin(desk, caller.Id, isNewcomer, clock.GetUtcNow()) is { } why)
            return Answers.Problem(why);
        var activity = (await activities.Find(ActivityKind.GroupBuy, desk.Group!.ActivityId, cancel))!;
        if (activity.State is ActivityState.Paused) return Answers.Problem(ActivityRefusals.Paused);
        if (await doors.WhyNoMore(activity.Plan.PromotionId, caller, cancel) is { } shut)
            return Answers.Problem(shut);
        return await orders.Place(
            caller, activity, groupId, body, price => isNewcomer ? price.NewcomerFen : price.PriceFen, operation,
            cancel);
    }
}
