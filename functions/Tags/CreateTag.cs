using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>TAG-01: marketing adds a tag.</summary>
public sealed class CreateTag(
    Transactor transactor, PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    public sealed record Request
    {
        [Text(1, Tag.NameCharsMax)]
        public required string Name { get; init; }

        /// <summary>Of the tags of a group a member has one at most; none for no group.</summary>
        [Text(1, Tag.NameCharsMax)]
        public string? Group { get; init; }

        public required TagFamily Family { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(CreateTag))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("新建标签"), Tags("运营：标签")]
    [ProducesResponseType<TagResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/tag-definitions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CreateTag), caller.Id, body);
        // The same key makes the same tag, so a repeat finds it.
        var tag = new Tag(
            Ids.From(operation.Key), body.Name, body.Group, body.Family, IsRetired: false, clock.GetUtcNow());
        var decision = await transactor.Run(
            TagRows.Of(tag.Id), operation, (desk, _) => TagRules.Create(desk, tag, caller.Id, body.Reason), cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return await TagRows.Find(store, tag.Id, cancel) is { } made
            ? Results.Json(TagResponse.Of(made), statusCode: StatusCodes.Status201Created)
            : Answers.Problem(TagRefusals.Missing); // deleted since
    }
}
