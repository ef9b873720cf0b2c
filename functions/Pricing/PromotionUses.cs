using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>D30, D31: keeps uses of limited promotions for an order. For those who place orders.</summary>
/// <remarks>Confirming and releasing come by the messages of orders; what was released is never reserved after.</remarks>
public sealed class PromotionUses
{
    /// <summary>All of them or none; the same again has the same outcome.</summary>
    public Task<Refusal?> Reserve(
        string orderId, string memberId, IReadOnlyList<PromotionUse> uses, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {orderId} {memberId} {uses} {cancel}");
}
