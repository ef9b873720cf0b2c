using Pond.Kernel;
using Pond.Products;

namespace Pond.FlashSales;

/// <summary>FLS-02, FLS-04: who gets a slot, and what becomes of it. Pure.</summary>
public static class SlotClaimRules
{
    /// <summary>Somebody claims one.</summary>
    /// <param name="shard">The taker's.</param>
    public static Decision<DropEvent> Claim(
        DropDesk desk, FlashSale sale, SlotWish wish, int shard, DateTimeOffset now)
    {
        if (sale.Activity.WhyNot(now) is { } why) return why;
        if (desk.Taken >= sale.Terms.PerMember) return FlashSaleRefusals.LimitReached;
        if (desk.Drop.FreeCount == 0) return FlashSaleRefusals.SoldOut;

        return new DropEvent.Claimed(new SlotClaim(
            wish.ClaimId, sale.Id, shard, wish.MemberId, wish.Taker, desk.Drop.Free[0].From, now,
            now.AddMinutes(sale.Terms.PayMinutes), wish.AddressId, wish.CodeKey, SlotClaimState.Claimed,
            OrderId: null, InVain: []));
    }

    /// <summary>
    /// An order that is being placed wants the slot: one order at a time has it, and one that was given up never again.
    /// </summary>
    public static Decision<DropEvent> Keep(DropDesk desk, string orderId)
    {
        if (desk.Claim is not { HasSlot: true } claim || claim.InVain.Contains(orderId))
            return FlashSaleRefusals.ClaimOver;
        if (claim.OrderId == orderId) return Decision<DropEvent>.Nothing;
        return claim is { State: SlotClaimState.Claimed, OrderId: null }
            ? new DropEvent.Moved(claim with { OrderId = orderId })
            : FlashSaleRefusals.ClaimOver;
    }

    /// <summary>Its order waits to be paid.</summary>
    public static Decision<DropEvent> Order(DropDesk desk, string orderId) =>
        desk.Claim is { State: SlotClaimState.Claimed } claim && (claim.OrderId ?? orderId) == orderId
            ? new DropEvent.Moved(claim with { State = SlotClaimState.Ordered, OrderId = orderId })
            : Decision<DropEvent>.Nothing;

    /// <summary>
    /// No order could be placed, or it was given up. A slot that came back may be claimed before its piece is free:
    /// then the claim goes on, and its next order finds it.
    /// </summary>
    /// <param name="orderId">Of the order that was given up; null when there was none.</param>
    public static Decision<DropEvent> GiveUp(DropDesk desk, string? orderId, Refusal why, DateTimeOffset now)
    {
        if (desk.Claim is not { State: SlotClaimState.Claimed } claim) return Decision<DropEvent>.Nothing;
        if (claim.OrderId is { } kept && kept != orderId) return Decision<DropEvent>.Nothing;
        return orderId is not null && why.Code == StockRefusals.SoldOut.Code
            ? new DropEvent.Moved(claim with { OrderId = null, InVain = [.. claim.InVain, orderId] })
            : Return(claim, why, now);
    }

    /// <summary>Its order was paid.</summary>
    public static Decision<DropEvent> Pay(DropDesk desk, string orderId)
    {
        if (desk.Claim is not { HasSlot: true } claim || claim.OrderId != orderId) return FlashSaleRefusals.ClaimOver;
        return claim.State is SlotClaimState.Paid
            ? Decision<DropEvent>.Nothing
            : new DropEvent.Moved(claim with { State = SlotClaimState.Paid });
    }

    /// <summary>Its order was cancelled: the slot goes back, once.</summary>
    public static Decision<DropEvent> Cancel(DropDesk desk, string orderId, DateTimeOffset now) =>
        desk.Claim is { State: SlotClaimState.Ordered } claim && claim.OrderId == orderId
            ? Return(claim, FlashSaleRefusals.NotPaid, now)
            : Decision<DropEvent>.Nothing;

    private static DropEvent.Returned Return(SlotClaim claim, Refusal why, DateTimeOffset now) => new(
        claim with { State = SlotClaimState.Returned, Why = new WhyReturned(why.Code, why.Message, now) });
}
