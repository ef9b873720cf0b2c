using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Coupons;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Bargains;

/// <summary>BRG-03: a member helps: the next cut of the plan is made, whoever comes first.</summary>
public sealed class HelpAttempt(
    Transactor transactor, AttemptLooks looks, AttemptOnHelpHeld helps, MemberCallers callers, Ids ids)
{
    [Function(nameof(HelpAttempt))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("帮好友砍价"), Tags("砍价")]
    [ProducesResponseType<CutResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "attempts/{attemptId}/cuts")] HttpRequest request,
        string attemptId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(HelpAttempt), caller.Id);
        if (await looks.At(attemptId, caller, cancel) is not { } look)
            return Answers.Problem(BargainRefusals.AttemptMissing);

        var holdId = ids.Next();
        var decision = await transactor.Run(
            HelperRows.Day(caller.Id),
            operation,
            (day, now) => HelperRules.Hold(
                day,
                new HelpHeldV1(
                    attemptId, caller.Id, holdId, AdviceRules.IsNew(caller.RegisteredAt, now), look.OwnAccounts),
                look.Attempt.Terms.HelpsPerDay,
                look.WhyNoHelp(caller, now),
                now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        // Whole, even when nobody waits; and at once, while what was seen of the bargain still holds.
        var held = decision.Facts.OfType<HelperEvent.Held>().Single().Help;
        var outcome = await helps.Cut(held, look.Closed, CancellationToken.None);
        return outcome.ToHttp(facts => facts.Single() switch
        {
            AttemptEvent.Helped helped => Results.Json(
                CutResponse.Of(attemptId, helped), statusCode: StatusCodes.Status201Created),
            AttemptEvent.HelpRefused refused => Answers.Problem(AttemptRules.RefusalOf(refused.Code)),
            var other => throw new InvalidOperationException($"A help came to {other}."),
        });
    }
}
