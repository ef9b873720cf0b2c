using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>ORD-01: takes an order from its first commit to where it can be paid, or gives it up.</summary>
/// <remarks>
/// The order is committed before anything is reserved for it, so whoever is stopped in between is followed by the same
/// call again, or by a sweep; every step may be repeated. What one of them finds decides for all of them.
/// </remarks>
public sealed class Placing(
    Transactor transactor,
    PartitionStore store,
    OrderReservations reservations,
    Deliveries deliveries,
    TimeProvider clock)
{
    /// <summary>What this operation has placed, or <see cref="OrderRefusals.NotPlaced"/>.</summary>
    public Task<Decision<OrderEvent>> FindPlaced(string memberId, Operation operation, CancellationToken cancel) =>
        transactor.Run(OrderRows.New(memberId, orderId: ""), operation, (_, _) => OrderRefusals.NotPlaced, cancel);

    /// <summary>Commits an order for which nothing is reserved yet.</summary>
    public Task<Decision<OrderEvent>> Begin(Order order, Operation operation, CancellationToken cancel) =>
        transactor.Run(
            OrderRows.New(order.MemberId, order.Id), operation, (desk, _) => PlacingRules.Place(desk, order), cancel);

    /// <summary>Goes on as far as it gets.</summary>
    /// <param name="note">What is kept with the address alone; null when a sweep goes on.</param>
    /// <returns>The order as it is then.</returns>
    public async Task<Order> Advance(
        string memberId, string orderId, DeliveryNote? note, CancellationToken cancel)
    {
        var order = await Load(memberId, orderId, cancel);
        if (order.State is not OrderState.Placing) return order;

        var (whyNot, isKept) = clock.GetUtcNow() < order.PlacedAt + PlacingRules.AbandonAfter
            ? await Deliver(order, note, cancel)
            : (OrderRefusals.Abandoned, false);
        if (whyNot is not null) return await GiveUp(order, whyNot, cancel);
        if (!isKept) return order; // only the shopper knows what to write on the parcel

        var (stock, outOfReach) = await reservations.Reserve(order, cancel);
        if (outOfReach is not null) return await GiveUp(order, outOfReach, cancel);
        return await Settle(order, (desk, now) => PlacingRules.Reserve(desk, stock, now), cancel);
    }

    private async Task<(Refusal? WhyNot, bool IsKept)> Deliver(
        Order order, DeliveryNote? note, CancellationToken cancel)
    {
        if (order.AddressId is not { } addressId) return (null, true);
        if (note is null) return (null, await deliveries.Find(order.MemberId, order.Id, cancel) is not null);

        var whyNot = await deliveries.Keep(order.MemberId, order.Id, addressId, note.Text, cancel);
        return (whyNot, whyNot is null);
    }

    private Task<Order> GiveUp(Order order, Refusal why, CancellationToken cancel) =>
        Settle(order, (desk, now) => PlacingRules.GiveUp(desk, why, now), cancel);

    // One operation for both ends, so that no order has two.
    private async Task<Order> Settle(
        Order order, Func<OrderDesk, DateTimeOffset, Decision<OrderEvent>> decide, CancellationToken cancel)
    {
        var operation = new Operation(nameof(Placing), order.Id, Fingerprint: null);
        await transactor.Run(OrderRows.Of(order.MemberId, order.Id), operation, decide, cancel);
        return await Load(order.MemberId, order.Id, cancel);
    }

    private async Task<Order> Load(string memberId, string orderId, CancellationToken cancel) =>
        await store.Find<Order>(MemberRows.Partition(memberId), OrderRows.Row(orderId), cancel)
            ?? throw new InvalidOperationException($"The order {orderId} was placed, and is not there.");
}

/// <summary>What a shopper says to whoever packs an order.</summary>
/// <param name="Text">Null for nothing.</param>
public sealed record DeliveryNote(string? Text);
