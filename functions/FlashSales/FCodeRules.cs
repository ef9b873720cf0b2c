using System.Diagnostics;
using Pond.Kernel;

namespace Pond.FlashSales;

/// <summary>INV-05: who may buy with an F code. Pure.</summary>
public static class FCodeRules
{
    /// <summary>Codes of one flash sale.</summary>
    public const int CodesMax = 10_000;

    /// <summary>Codes that are issued at once: they go into one batch of the store.</summary>
    public const int IssuedMax = 90;

    /// <summary>Marketing issues codes.</summary>
    /// <param name="keys">One for each code.</param>
    public static Decision<FCodesIssued> Issue(
        FCodeIssue issue, FlashSale sale, string batchId, IReadOnlyList<string> keys, string operatorId,
        DateTimeOffset now)
    {
        if (!sale.Terms.IsInviteOnly) return FlashSaleRefusals.NotInviteOnly;
        if (issue.Count + keys.Count > CodesMax) return FlashSaleRefusals.TooManyCodes;
        return new FCodesIssued(
            sale.Id, sale.Activity.Plan.Name, batchId, [.. keys.Select(key => new FCode(key))], operatorId, now);
    }

    /// <summary>
    /// Why a member cannot claim with it, or null. Of a code that is not there or somebody else's, all hear the same.
    /// </summary>
    public static Refusal? WhyNot(FCode? code, string memberId, string claimId) => code switch
    {
        null => FlashSaleRefusals.CodeUnknown,
        { MemberId: { } owner } when owner != memberId => FlashSaleRefusals.CodeUnknown,
        { ClaimId: { } used } when used != claimId => FlashSaleRefusals.CodeUsed,
        _ => null,
    };

    /// <summary>It is used for a claim.</summary>
    public static Decision<FCodeEvent> Use(FCode? code, string memberId, string claimId) =>
        WhyNot(code, memberId, claimId) is { } why ? why : new FCodeEvent.Used(claimId, memberId);

    /// <summary>The claim is over, and the code was not used for it so far.</summary>
    public static Decision<FCodeEvent> Miss(FCode? code, string claimId) =>
        code is null ? FlashSaleRefusals.CodeUnknown : new FCodeEvent.Missed(claimId);

    /// <summary>The claim that it was used for is over.</summary>
    public static Decision<FCodeEvent> GiveBack(FCode? code, string claimId) =>
        code?.ClaimId == claimId ? new FCodeEvent.Back(claimId) : Decision<FCodeEvent>.Nothing;

    public static FCode? Evolve(FCode? code, FCodeEvent fact) => fact switch
    {
        FCodeEvent.Used used => code! with { MemberId = used.MemberId, ClaimId = used.ClaimId },
        FCodeEvent.Missed => code,
        FCodeEvent.Back => code! with { ClaimId = null },
        _ => throw new UnreachableException(),
    };
}
