using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>INV-05: uses F codes for claims, each for one claim at a time.</summary>
/// <remarks>
/// Before a slot is given, the code is looked at; it is used when the order is placed, so that the slot's batch stays
/// in its own partition. Of two claims with one code the later one gives its slot back.
/// </remarks>
public sealed class FCodeDesk(Transactor transactor, PartitionStore store)
{
    /// <summary>Why it cannot be used for a claim now, or null.</summary>
    public async Task<Refusal?> WhyNot(FlashSale sale, SlotWish wish, CancellationToken cancel)
    {
        if (wish.CodeKey is not { } key) return sale.Terms.IsInviteOnly ? FlashSaleRefusals.CodeNeeded : null;
        if (!sale.Terms.IsInviteOnly) return FlashSaleRefusals.CodeNotNeeded;
        var code = await store.Find<FCode>(FCodeRows.Partition(sale.Id), FCodeRows.Row(key), cancel);
        return FCodeRules.WhyNot(code, wish.MemberId, wish.ClaimId);
    }

    /// <summary>Uses it, once, unless the claim was over before.</summary>
    public async Task<Refusal?> Use(SlotClaim claim, CancellationToken cancel)
    {
        if (claim.CodeKey is not { } key) return null;
        var decision = await transactor.Run(
            FCodeRows.Code(claim.FlashSaleId, key),
            UseOf(claim.Id),
            (code, _) => FCodeRules.Use(code, claim.MemberId, claim.Id),
            cancel);
        return decision.Facts is [FCodeEvent.Missed] ? FlashSaleRefusals.ClaimOver : decision.Refusal;
    }

    /// <summary>The claim is over: its member can use the code again.</summary>
    public async Task<Refusal?> GiveBack(FCodeBackV1 back, Operation operation, CancellationToken cancel)
    {
        var layout = FCodeRows.Code(back.FlashSaleId, back.CodeKey);
        var use = await transactor.Run(
            layout, UseOf(back.ClaimId), (code, _) => FCodeRules.Miss(code, back.ClaimId), cancel);
        if (use.Facts is not [FCodeEvent.Used]) return use.Refusal;
        var decision = await transactor.Run(
            layout, operation, (code, _) => FCodeRules.GiveBack(code, back.ClaimId), cancel);
        return decision.Refusal;
    }

    // One operation for using and missing, so that a claim that is over never uses a code.
    private static Operation UseOf(string claimId) => new(nameof(FCodeDesk), claimId, Fingerprint: null);
}
