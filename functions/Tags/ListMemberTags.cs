using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>TAG-02: the tags that a member has, and who has put each on.</summary>
public sealed class ListMemberTags(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    /// <param name="ActorId">The operator or the channel.</param>
    public sealed record Item(
        string TagId,
        string Name,
        string? Group,
        TagOrigin Origin,
        DateTimeOffset SetAt,
        DateTimeOffset? ExpiresAt,
        string ActorId);

    public sealed record Response(IReadOnlyList<Item> Tags);

    [Function(nameof(ListMemberTags))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("会员的标签"), Tags("运营：标签")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/tags")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Marketing);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);
        if (await store.Find(MemberRows.Partition(memberId), MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var now = clock.GetUtcNow();
        MemberTag[] tags = [.. (await MemberTagRows.Read(store, memberId, cancel)).Where(tag => tag.IsLive(now))];
        var known = await Task.WhenAll(tags.Select(tag => TagRows.Find(store, tag.TagId, cancel)));
        return Results.Ok(new Response([.. tags.Select((tag, i) => ItemOf(tag, known[i]))]));
    }

    private static Item ItemOf(MemberTag tag, Tag? known) => new(
        tag.TagId, known?.Name ?? tag.TagId, tag.Group, tag.Origin, tag.SetAt, tag.ExpiresAt, tag.ActorId);
}
