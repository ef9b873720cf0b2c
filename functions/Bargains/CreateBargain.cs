using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Bargains;

/// <summary>BRG-01: marketing drafts a bargain. Nobody sees it before it is published.</summary>
public sealed class CreateBargain(BargainDrafts bargains, ActivityDrafts drafts, OperatorCallers callers)
{
    [Function(nameof(CreateBargain))]
    [Caller(CallerKind.Operator), Body(typeof(BargainRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建砍价活动"), Tags("运营：活动")]
    [ProducesResponseType<ActivityResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/bargains")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<BargainRequest>(cancel);
        var operation = request.Operation(nameof(CreateBargain), caller.Id, body);
        var (terms, unfit) = await bargains.Check(body, cancel);
        if (terms is null) return Answers.Problem(unfit!);

        var (activity, whyNot) = await drafts.Create(
            caller, operation, ActivityKind.Bargain, body.Plan(), terms, cancel);
        return activity is null
            ? Answers.Problem(whyNot!)
            : Results.Json(ActivityResponse.Of(activity), statusCode: StatusCodes.Status201Created);
    }
}
