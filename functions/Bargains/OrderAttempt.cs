using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Orders;
using Pond.Platform.Http;

namespace Pond.Bargains;

/// <summary>BRG-05: the owner orders the piece at the price that was reached, and pays like for any order.</summary>
public sealed class OrderAttempt(
    DealOrders orders, AttemptLooks looks, MemberCallers callers, TimeProvider clock)
{
    /// <summary>Minutes that such an order waits to be paid.</summary>
    public const int PayMinutes = 15;

    public sealed record Request
    {
        /// <summary>Where to send it, of the member's addresses; null for what needs no sending.</summary>
        [Text(1, 64)]
        public string? AddressId { get; init; }

        /// <summary>For whoever packs it; null for nothing. Kept with the address.</summary>
        [Text(1, 100)]
        public string? Note { get; init; }
    }

    [Function(nameof(OrderAttempt))]
    [Caller(CallerKind.Member), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("按砍后价下单"), Tags("砍价")]
    [ProducesResponseType<DealOrder>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "attempts/{attemptId}/order")] HttpRequest request,
        string attemptId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(OrderAttempt), caller.Id, body);
        if (await orders.FindPlaced(caller.Id, operation, body.Note, cancel) is { } known) return Answer(known);

        var look = await looks.At(attemptId, caller, cancel);
        if (look is not { IsMine: true }) return Answers.Problem(BargainRefusals.AttemptMissing);
        var (attempt, now) = (look.Attempt, clock.GetUtcNow());
        if (look.WhyNoOrder(now) is { } why)
        {
            KeyValuePair<string, object>? which = attempt.OrderId is { } orderId ? new("orderId", orderId) : null;
            return Answers.Problem(why, more: which);
        }

        return Answer(await orders.Place(
            caller.Id,
            new DealWish(
                ActivityKind.Bargain, attempt.ActivityId, attempt.Id, Waits: false, attempt.ActivityName,
                attempt.Stock, Quantity: 1, attempt.PriceFen, body.AddressId, body.Note, now.AddMinutes(PayMinutes)),
            operation,
            cancel));
    }

    private static IResult Answer(DealPlacement placement) => placement.WhyNot is { } why
        ? Answers.Problem(why)
        : Results.Json(placement.Order, statusCode: StatusCodes.Status201Created);
}
