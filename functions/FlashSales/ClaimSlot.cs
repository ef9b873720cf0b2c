using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Promotions;

namespace Pond.FlashSales;

/// <summary>
/// FLS-02: a member claims a piece of a flash sale. Once this answers, a slot is theirs, and an order is on its way:
/// <see cref="GetClaim"/> tells when it can be paid.
/// </summary>
public sealed class ClaimSlot(
    MemberCallers callers,
    DropCache drops,
    DropTickets tickets,
    Takers takers,
    SlotClaims claims,
    PromotionDoors doors,
    FCodeMint mint,
    FlashSaleLimits limits,
    TimeProvider clock)
{
    public sealed record Request
    {
        /// <summary>Where to send it, of the member's addresses; null for what needs no sending.</summary>
        [Text(1, 64)]
        public string? AddressId { get; init; }

        /// <summary>Of the rush; null where none is needed. It does not matter to the idempotency key.</summary>
        [Text(1, 160)]
        public string? Ticket { get; init; }

        /// <summary>As somebody typed it; null where none is needed.</summary>
        [Text(1, 40)]
        public string? FCode { get; init; }
    }

    [Function(nameof(ClaimSlot))]
    [Caller(CallerKind.Member), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("抢购秒杀商品"), Tags("秒杀")]
    [ProducesResponseType<SlotClaimResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "flash-sales/{flashSaleId}/claims")]
        HttpRequest request,
        string flashSaleId,
        CancellationToken cancel)
    {
        var memberId = await callers.MemberIdOf(request);
        var (body, malformed) = await Read(request, cancel);
        var sale = await drops.Find(flashSaleId, cancel);
        string? taker = null;
        if (sale is { Terms.IsHot: true } && body is not null)
        {
            taker = tickets.TakerOf(body.Ticket, sale.Id, memberId);
            if (taker is null) return Answers.Problem(FlashSaleRefusals.TicketNeeded); // no row was read for it
        }

        var caller = await callers.RequireActive(request, cancel);
        if (body is null) throw malformed!;
        var operation = request.Operation(nameof(ClaimSlot), caller.Id, body with { Ticket = null });
        if (sale is null) return Answers.Problem(ActivityRefusals.Missing);
        string? codeKey = null;
        if (body.FCode is not null)
        {
            if (CodeForms.Parse(body.FCode) is not { } code) return Answers.Problem(FlashSaleRefusals.CodeMistyped);
            limits.TakeCode(caller.Id);
            codeKey = mint.KeyOf(code);
        }

        var asking = doors.WhyNot(sale.Activity.Plan.PromotionId, PartKind.FlashSale, sale.Id, caller, cancel);
        taker ??= await takers.Of(caller.Id, sale.Id, cancel);
        var claimId = DropRows.ClaimId(sale.Id, DropRows.HomeOf(taker, sale.Shards), Ids.From(operation.Key));
        var wish = new SlotWish(claimId, caller.Id, taker, body.AddressId, codeKey);
        var decision = await claims.Claim(sale, wish, operation, await asking, cancel);
        return decision.ToHttp(facts => Results.Json(
            SlotClaimResponse.Of(facts.OfType<DropEvent.Claimed>().Single().Claim, clock.GetUtcNow()),
            statusCode: StatusCodes.Status202Accepted));
    }

    // Who calls is said before what is wrong with the body.
    private static async Task<(Request? Body, ProblemException? Malformed)> Read(
        HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return (await request.Read<Request>(cancel), null);
        }
        catch (ProblemException malformed)
        {
            return (null, malformed);
        }
    }
}
