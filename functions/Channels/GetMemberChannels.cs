using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>CHN-02: the channel that a member came by, the last one, and when.</summary>
public sealed class GetMemberChannels(PartitionStore store, OperatorCallers callers)
{
    /// <param name="FirstChannelId">Null for who registered by none.</param>
    /// <param name="LastChannelId">Null for who has scanned none.</param>
    public sealed record Response(string? FirstChannelId, string? LastChannelId, DateTimeOffset? LastAt);

    [Function(nameof(GetMemberChannels))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("会员的来源渠道"), Tags("运营：渠道")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/source")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Marketing);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);
        var partition = MemberRows.Partition(memberId);
        if (await store.Find(partition, MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var trail = await store.Find<ChannelTrail>(partition, ScanRows.TrailRow, cancel);
        return Results.Ok(new Response(trail?.FirstChannelId, trail?.LastChannelId, trail?.LastAt));
    }
}
