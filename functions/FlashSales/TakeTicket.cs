using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.FlashSales;

/// <summary>
/// FLS-01: a ticket with which a member may claim for a minute. It is given some time before the start already, so that
/// the start itself is not the moment at which everybody asks for one.
/// </summary>
public sealed class TakeTicket(
    MemberCallers callers,
    DropCache drops,
    DropTickets tickets,
    Takers takers,
    FlashSaleLimits limits,
    TimeProvider clock)
{
    /// <param name="ServerTime">Now, to reckon from to <paramref name="ExpiresAt"/>.</param>
    public sealed record Response(string Ticket, DateTimeOffset ExpiresAt, DateTimeOffset ServerTime);

    [Function(nameof(TakeTicket))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("领取秒杀排队凭证"), Tags("秒杀")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "flash-sales/{flashSaleId}/tickets")]
        HttpRequest request,
        string flashSaleId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        limits.TakeTicket(caller.Id);
        if (await drops.Find(flashSaleId, cancel) is not { } sale) return Answers.Problem(ActivityRefusals.Missing);
        var now = clock.GetUtcNow();
        if (now < sale.Activity.Plan.StartsAt - DropTickets.WarmUp) return Answers.Problem(FlashSaleRefusals.TooEarly);
        if (sale.Activity.WhyNot(now) is { } why && why != ActivityRefusals.NotOpen) return Answers.Problem(why);

        var taker = await takers.Of(caller.Id, sale.Id, cancel);
        var (ticket, expiresAt) = tickets.Issue(sale.Id, caller.Id, taker);
        return Results.Ok(new Response(ticket, expiresAt, now));
    }
}
