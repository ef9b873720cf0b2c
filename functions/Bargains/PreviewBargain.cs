using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Bargains;

/// <summary>What shoppers would see of a bargain, and what its operator should know. It changes nothing.</summary>
public sealed class PreviewBargain(BargainDrafts bargains, OperatorCallers callers, TimeProvider clock)
{
    /// <param name="Bargain">Without an id, as there is none.</param>
    public sealed record Response(BargainResponse Bargain, IReadOnlyList<BargainWarning> Warnings);

    [Function(nameof(PreviewBargain))]
    [Caller(CallerKind.Operator), Body(typeof(BargainRequest))]
    [EndpointSummary("预览砍价活动"), Tags("运营：活动")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/bargains/preview")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<BargainRequest>(cancel);
        var (terms, unfit) = await bargains.Check(body, cancel);
        if (terms is null) return Answers.Problem(unfit!);

        var activity = new Activity(
            "", ActivityKind.Bargain, body.Plan(), Stored.Element(terms), ActivityState.Draft, Version: 0);
        return Results.Ok(new Response(
            BargainResponse.Of(activity, body.Pieces, clock.GetUtcNow()),
            [.. BargainRules.Warnings(terms, body.Pieces)]));
    }
}
