using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-06, GRP-11: a member leaves a group that is still forming, and gets all the money back.</summary>
public sealed class LeaveGroup(
    Transactor transactor, PartitionStore store, GroupViews views, MemberCallers callers)
{
    [Function(nameof(LeaveGroup))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("退出拼团并退款"), Tags("拼团")]
    [ProducesResponseType<GroupResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "groups/{groupId}/departure")]
        HttpRequest request,
        string groupId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(LeaveGroup), caller.Id);
        if (await GroupRows.Find(store, groupId, cancel) is null) return Answers.Problem(GroupRefusals.Missing);

        var decision = await transactor.Run(
            GroupRows.Of(groupId), operation, (desk, now) => GroupRules.Leave(desk, caller.Id, now), cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return Results.Ok(await views.Of((await GroupRows.Find(store, groupId, cancel))!, caller.Id, cancel));
    }
}
