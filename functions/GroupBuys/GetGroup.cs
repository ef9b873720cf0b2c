using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>A group as whoever was sent there sees it.</summary>
public sealed class GetGroup(PartitionStore store, GroupViews views, MemberCallers callers)
{
    [Function(nameof(GetGroup))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("一个团"), Tags("拼团")]
    [ProducesResponseType<GroupResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "groups/{groupId}")] HttpRequest request,
        string groupId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        return await GroupRows.Find(store, groupId, cancel) is { } desk
            ? Results.Ok(await views.Of(desk, caller.Id, cancel))
            : Answers.Problem(GroupRefusals.Missing);
    }
}
