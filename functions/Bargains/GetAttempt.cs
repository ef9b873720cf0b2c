using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>An attempt, for its owner and for friends who may help.</summary>
public sealed class GetAttempt(
    AttemptLooks looks,
    PiecesLeft pieces,
    MemberNames names,
    PartitionStore store,
    MemberCallers callers,
    TimeProvider clock)
{
    [Function(nameof(GetAttempt))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("一次砍价"), Tags("砍价")]
    [ProducesResponseType<AttemptResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "attempts/{attemptId}")] HttpRequest request,
        string attemptId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        if (await looks.At(attemptId, caller, cancel) is not { Activity: { } activity } look)
            return Answers.Problem(BargainRefusals.AttemptMissing);

        var naming = names.Shown(look.Attempt.MemberId, cancel);
        var counting = pieces.Of(activity, cancel);
        var listing = AttemptRows.Helps(store, attemptId, cancel);
        await Task.WhenAll(naming, counting, listing);
        var now = clock.GetUtcNow();
        var view = new AttemptView(
            naming.Result, look.IsMine, counting.Result, look.WhyNoHelp(caller, now)?.Code,
            look.IsMine && counting.Result > 0 && look.WhyNoOrder(now) is null, now);
        // What was cut after the attempt was read shows with the next look.
        HelpResponse[] helps =
        [
            .. listing.Result.Take(look.Attempt.CutsMade).Select(help => new HelpResponse(
                help.Number, help.CutFen, look.OwnAccounts.Contains(help.MemberId),
                help.MemberId == look.Attempt.MemberId, help.At)),
        ];
        return Results.Ok(AttemptResponse.Of(look.Attempt, look.StateAt(now), view, helps));
    }
}
