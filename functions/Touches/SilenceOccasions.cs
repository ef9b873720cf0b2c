using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>
/// TCH-04: replaces what the member wants to hear nothing of, which holds for what is queued already. A frozen member
/// may too, as with consents.
/// </summary>
public sealed class SilenceOccasions(Transactor transactor, PartitionStore store, MemberCallers callers, Ids ids)
{
    public sealed record Request
    {
        /// <summary>All of them; what belongs to something bought cannot be among them.</summary>
        [Items(0, OccasionRules.OccasionsMax)]
        public required IReadOnlyList<Occasion> Occasions { get; init; }
    }

    [Function(nameof(SilenceOccasions))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("关闭或恢复某类消息"), Tags("订阅消息")]
    [ProducesResponseType<SubscriptionsResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/silenced-occasions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var body = await request.Read<Request>(cancel);
        var decision = await transactor.Run(
            TouchRows.Of(caller.Id),
            new Operation(nameof(SilenceOccasions), ids.Next(), Fingerprint: null),
            (desk, now) => SubscriptionRules.Silence(desk, body.Occasions, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return Results.Ok(SubscriptionsResponse.Of(
            await TouchRows.FindBook(store, caller.Id, cancel), await MessageTemplateRows.All(store, cancel)));
    }
}
