using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-01: the phone tells what the member has answered to <c>wx.requestSubscribeMessage</c>.</summary>
public sealed class TellSubscriptions(Transactor transactor, PartitionStore store, MemberCallers callers)
{
    /// <summary>Templates of one question; WeChat asks for five at most.</summary>
    public const int ResultsMax = 5;

    public sealed record Request
    {
        /// <summary>One for each template of the question.</summary>
        [Items(1, ResultsMax)]
        public required IReadOnlyList<ResultBody> Results { get; init; }
    }

    /// <summary>The answer for one template.</summary>
    public sealed record ResultBody
    {
        [Text(1, MessageTemplate.IdCharsMax)]
        public required string TemplateId { get; init; }

        /// <summary>As WeChat's callback has it.</summary>
        public required SubscribeResult Result { get; init; }
    }

    /// <summary>What WeChat's callback says of a template.</summary>
    public enum SubscribeResult
    {
        Accept,
        Reject,

        /// <summary>WeChat has banned the template.</summary>
        Ban,

        /// <summary>Left out, since another has the same title.</summary>
        Filter,
    }

    [Function(nameof(TellSubscriptions))]
    [Caller(CallerKind.Member), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("上报订阅消息授权结果"), Tags("订阅消息")]
    [ProducesResponseType<SubscriptionsResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/subscriptions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(TellSubscriptions), caller.Id, body);
        var templates = await MessageTemplateRows.All(store, cancel);
        string[] accepted =
        [
            .. body.Results.Where(result => result.Result is SubscribeResult.Accept)
                .Select(result => result.TemplateId).Distinct()
                .Where(id => templates.Values.Any(template => template.TemplateId == id)),
        ];
        var decision = await transactor.Run(
            TouchRows.Of(caller.Id),
            operation,
            (desk, now) => SubscriptionRules.Accept(desk, accepted, now),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);
        return Results.Ok(SubscriptionsResponse.Of(await TouchRows.FindBook(store, caller.Id, cancel), templates));
    }
}
