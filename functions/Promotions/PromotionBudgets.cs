using Pond.Kernel;
using Pond.Platform;

namespace Pond.Promotions;

/// <summary>CMP-03: counts what promotions give.</summary>
public sealed class PromotionBudgets(Transactor transactor, Ids ids)
{
    /// <summary>Keeps a coupon for a gift; the same again keeps no other one.</summary>
    public Task<Refusal?> Reserve(string promotionId, string grantId, int couponsMax, CancellationToken cancel) =>
        Run(
            nameof(Reserve), promotionId, grantId,
            (desk, now) => BudgetRules.Reserve(desk, grantId, couponsMax, now), cancel);

    /// <summary>It was not given.</summary>
    public Task Release(string promotionId, string grantId, CancellationToken cancel) =>
        Run(nameof(Release), promotionId, grantId, (desk, _) => BudgetRules.Release(desk), cancel);

    /// <summary>It was not given in time.</summary>
    public Task Lapse(string promotionId, string grantId, CancellationToken cancel) =>
        Run(nameof(Lapse), promotionId, grantId, BudgetRules.Lapse, cancel);

    /// <summary>It was given.</summary>
    public Task<Refusal?> Confirm(string promotionId, string grantId, CancellationToken cancel) =>
        Run(nameof(Confirm), promotionId, grantId, (desk, _) => BudgetRules.Confirm(desk, grantId), cancel);

    // The grant's own row tells what was done before; a record of the call would tell it even after a release.
    private async Task<Refusal?> Run(
        string name,
        string promotionId,
        string grantId,
        Func<BudgetDesk, DateTimeOffset, Decision<BudgetMoved>> decide,
        CancellationToken cancel)
    {
        var operation = new Operation($"{nameof(PromotionBudgets)}.{name}", ids.Next(), Fingerprint: null);
        return (await transactor.Run(BudgetRows.Of(promotionId, grantId), operation, decide, cancel)).Refusal;
    }
}
