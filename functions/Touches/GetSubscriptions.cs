using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-01: what the member has agreed to be sent, and what to ask for.</summary>
public sealed class GetSubscriptions(PartitionStore store, MemberCallers callers)
{
    [Function(nameof(GetSubscriptions))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的订阅消息额度"), Tags("订阅消息")]
    [ProducesResponseType<SubscriptionsResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/subscriptions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        return Results.Ok(SubscriptionsResponse.Of(
            await TouchRows.FindBook(store, caller.Id, cancel), await MessageTemplateRows.All(store, cancel)));
    }
}
