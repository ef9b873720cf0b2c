using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>A tag, and how many members have it.</summary>
public sealed class GetTag(PartitionStore store, TagCounts counts, OperatorCallers callers)
{
    /// <param name="Members">As far as news have come.</param>
    public sealed record Response(TagResponse Tag, long Members);

    [Function(nameof(GetTag))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("标签及人数"), Tags("运营：标签")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/tag-definitions/{tagId}")]
        HttpRequest request,
        string tagId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await TagRows.Find(store, tagId, cancel) is { } tag
            ? Results.Ok(new Response(TagResponse.Of(tag), await counts.MembersWith(tagId, cancel)))
            : Answers.Problem(TagRefusals.Missing);
    }
}
