using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>
/// TAG-01: marketing renames a tag, or retires it: nobody gets it any more, and who has it keeps it.
/// </summary>
public sealed class ChangeTag(Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        [Text(1, Tag.NameCharsMax)]
        public required string Name { get; init; }

        public required bool IsRetired { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ChangeTag))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("修改或停用标签"), Tags("运营：标签")]
    [ProducesResponseType<TagResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/tag-definitions/{tagId}")]
        HttpRequest request,
        string tagId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(tagId)) return Answers.Problem(TagRefusals.Missing);

        var decision = await transactor.Run(
            TagRows.Of(tagId),
            new Operation(nameof(ChangeTag), ids.Next(), Fingerprint: null),
            (desk, now) => TagRules.Change(desk, body.Name, body.IsRetired, caller.Id, body.Reason, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return await TagRows.Find(store, tagId, cancel) is { } tag
            ? Results.Ok(TagResponse.Of(tag))
            : Answers.Problem(TagRefusals.Missing); // deleted since
    }
}
