using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Tags;

/// <summary>TAG-01: marketing deletes a tag that was never used.</summary>
public sealed class DeleteTag(Transactor transactor, OperatorCallers callers, Ids ids)
{
    [Function(nameof(DeleteTag))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("删除未使用过的标签"), Tags("运营：标签")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "operator/tag-definitions/{tagId}")]
        HttpRequest request,
        string tagId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        if (!Ids.IsId(tagId)) return Answers.Problem(TagRefusals.Missing);

        var decision = await transactor.Run(
            TagRows.Of(tagId),
            new Operation(nameof(DeleteTag), ids.Next(), Fingerprint: null),
            (desk, now) => TagRules.Delete(desk, caller.Id, now),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
