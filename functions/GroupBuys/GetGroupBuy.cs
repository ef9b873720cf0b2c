using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>
/// GRP-10: a group-buy with the groups that somebody can join: those that lack the fewest, by masked names.
/// </summary>
public sealed class GetGroupBuy(
    LiveActivities activities,
    PartitionStore store,
    MemberNames names,
    Survivors survivors,
    MemberCallers callers,
    TimeProvider clock)
{
    /// <summary>Groups that are shown.</summary>
    public const int GroupsMax = 10;

    /// <param name="Groups">The viewer's own are not among them.</param>
    public sealed record Response(GroupBuyResponse GroupBuy, IReadOnlyList<OpenGroup> Groups);

    /// <param name="LeaderName">Masked.</param>
    /// <param name="Missing">Seats that are not paid.</param>
    public sealed record OpenGroup(string GroupId, string LeaderName, int Missing, DateTimeOffset EndsAt);

    [Function(nameof(GetGroupBuy))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("一个拼团活动及快满的团"), Tags("拼团")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "group-buys/{groupBuyId}")] HttpRequest request,
        string groupBuyId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        if (await activities.Find(ActivityKind.GroupBuy, groupBuyId, cancel) is not { } activity)
            return Answers.Problem(ActivityRefusals.Missing);

        var now = clock.GetUtcNow();
        var open = await GroupListRows.Open(store, groupBuyId, now, cancel);
        var nearest = open.Where(entry => entry.LeaderId != caller.Id)
            .OrderBy(entry => entry.Missing).ThenBy(entry => entry.EndsAt)
            .Take(2 * GroupsMax); // some may be led by members who may not act
        var shown = await Task.WhenAll(nearest.Select(entry => Show(entry, cancel)));
        return Results.Ok(new Response(
            GroupBuyResponse.Of(activity, now), [.. shown.OfType<OpenGroup>().Take(GroupsMax)]));
    }

    private async Task<OpenGroup?> Show(GroupEntry entry, CancellationToken cancel)
    {
        var standing = await survivors.Find(entry.LeaderId, cancel);
        return MemberStanding.WhyNot(standing) is not null
            ? null
            : new OpenGroup(
                entry.GroupId, await names.Shown(standing!.Id, cancel), entry.Missing, entry.EndsAt);
    }
}
