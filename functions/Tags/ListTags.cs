using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>Every tag, retired ones included.</summary>
public sealed class ListTags(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListTags))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("标签列表"), Tags("运营：标签")]
    [ProducesResponseType<Listing<TagResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/tag-definitions")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(TagRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, TagRows.Partition, row => TagResponse.Of(Stored.Read<Tag>(row.Data)), cancel));
    }
}
