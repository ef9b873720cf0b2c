using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>PRD-01: keeps stock for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>
/// Confirming, releasing and returning come by the messages of orders, whatever order they come in: what was released
/// once is never reserved afterwards.
/// </remarks>
public sealed class StockReservations(Transactor transactor)
{
    /// <summary>All the pieces or none; the same again has the same outcome.</summary>
    /// <param name="wants">Pieces by SKU.</param>
    /// <returns>What is kept, or why not: such as <c>stock.sold_out</c>.</returns>
    public Task<(IReadOnlyList<ReservedStock> Reserved, Refusal? WhyNot)> Reserve(
        string orderId, IReadOnlyList<(Sku Sku, int Quantity)> wants, CancellationToken cancel) =>
        throw new NotSupportedException($"{transactor} {orderId} {wants} {cancel}");
}
