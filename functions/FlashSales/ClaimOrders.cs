using System.Globalization;
using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-04: places the order of a claim, and keeps the claim's slot for it.</summary>
public sealed class ClaimOrders(
    PartitionStore store,
    LiveActivities activities,
    DealOrders orders,
    FCodeDesk codes,
    ClaimMoves moves,
    TimeProvider clock)
{
    /// <summary>Goes on with a claim that has no order, as far as it gets; done twice, it comes to the same.</summary>
    /// <returns>False when it is to be tried again, as the piece of a slot that came back is not free yet.</returns>
    public async Task<bool> GoOn(SlotClaim claim, CancellationToken cancel)
    {
        if (claim.State is not SlotClaimState.Claimed) return true;
        var operation = new Operation(
            nameof(ClaimOrders),
            string.Create(CultureInfo.InvariantCulture, $"{claim.Id}.{claim.InVain.Count}"),
            Fingerprint: null);
        var placed = await orders.FindPlaced(claim.MemberId, operation, note: null, cancel)
            ?? await Place(claim, operation, cancel);
        var orderId = placed.Order?.OrderId;
        await moves.Change(
            claim,
            (desk, now) => placed.WhyNot is { } why
                ? SlotClaimRules.GiveUp(desk, orderId, why, now)
                : SlotClaimRules.Order(desk, orderId!),
            cancel);
        return (await DropRows.Find(store, claim.Id, cancel))!.State is not SlotClaimState.Claimed;
    }

    private async Task<DealPlacement> Place(SlotClaim claim, Operation operation, CancellationToken cancel)
    {
        if (clock.GetUtcNow() >= claim.PayBy) return new DealPlacement(Order: null, FlashSaleRefusals.TooLate);
        if (await codes.Use(claim, cancel) is { } noCode) return new DealPlacement(Order: null, noCode);
        var sale = FlashSale.Of((await activities.Find(ActivityKind.FlashSale, claim.FlashSaleId, cancel))!);
        var wish = new DealWish(
            ActivityKind.FlashSale, sale.Id, claim.Id, Waits: false, sale.Activity.Plan.Name, sale.Stock, Quantity: 1,
            sale.Terms.PriceFen, claim.AddressId, Note: null, claim.PayBy);
        return await orders.Place(claim.MemberId, wish, operation, cancel);
    }
}
