using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Reminders;

/// <summary>TCH-06: a member wants to hear shortly before a group-buy, a bargain or a flash sale begins.</summary>
public sealed class RemindOfOpening(OpeningDesk desk, MemberCallers callers)
{
    private const int IdCharsMax = 32;

    public sealed record Request
    {
        public required ActivityKind Kind { get; init; }

        /// <summary>Of the activity.</summary>
        [Text(1, IdCharsMax)]
        public required string ObjectId { get; init; }
    }

    /// <param name="RemindAt">About when the member hears of it.</param>
    public sealed record Response(
        ActivityKind Kind, string ObjectId, DateTimeOffset StartsAt, DateTimeOffset RemindAt);

    [Function(nameof(RemindOfOpening))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("预约活动开始提醒"), Tags("提醒")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/promotion-reminders")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(RemindOfOpening), caller.Id, body);
        var (opening, whyNot) = await desk.Ask(caller.Id, body.Kind, body.ObjectId, operation, cancel);
        return opening is null
            ? Answers.Problem(whyNot!)
            : Results.Json(
                new Response(opening.Kind, opening.ActivityId, opening.StartsAt, OpeningRules.RemindAt(opening)),
                statusCode: StatusCodes.Status201Created);
    }
}
