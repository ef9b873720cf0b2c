using Pond.Kernel;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>CPN-03: reserves coupons for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>Confirming, releasing and returning come by the messages of orders; what was released is not reserved after.</remarks>
public sealed class OrderCoupons(Transactor transactor)
{
    /// <summary>All of them or none; the same again has the same outcome.</summary>
    public Task<Refusal?> Reserve(
        string memberId, string orderId, IReadOnlyList<string> couponIds, CancellationToken cancel) =>
        throw new NotSupportedException($"{transactor} {memberId} {orderId} {couponIds} {cancel}");
}
