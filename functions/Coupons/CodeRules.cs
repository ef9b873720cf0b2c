using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-07: who gets the coupon of a code. Pure.</summary>
public static class CodeRules
{
    /// <summary>
    /// A member types a code and holds it, until the template's limits have said yes or no. Of a code that is not
    /// there, somebody else's or revoked, all hear the same.
    /// </summary>
    public static Decision<CodeEvent> Hold(
        Code? code, string codeKey, string holdId, string memberId, DateTimeOffset now)
    {
        if (code is null) return CouponRefusals.CodeUnknown;
        if (code.Hold?.MemberId == memberId) return CouponRefusals.CodeUsed;
        if (code.State is not CodeState.Free) return CouponRefusals.CodeUnknown;

        var held = new CodeHeldV1(codeKey, holdId, memberId, code.TemplateId, code.Shards, code.Slot);
        return new CodeEvent.Held(held, now);
    }

    /// <summary>The end of a hold; one that has ended already, or another's, changes nothing.</summary>
    public static Decision<CodeEvent> Settle(Code? code, CodeSettledV1 settled)
    {
        if (code is not { State: CodeState.Held } || code.Hold?.Id != settled.HoldId)
            return Decision<CodeEvent>.Nothing;

        var end = new CodeEndedV1(code.TemplateId, code.BatchId, code.Number, code.Slot, settled.IsClaimed);
        if (settled.IsClaimed) return new CodeEvent.Redeemed(end);
        return code.IsRecalled ? new CodeEvent.Revoked(code.Slot, end) : new CodeEvent.Released();
    }

    /// <summary>Its batch is revoked: a code that nobody has typed is worth nothing from now on.</summary>
    public static Decision<CodeEvent> Revoke(Code? code) => code switch
    {
        { State: CodeState.Free } => new CodeEvent.Revoked(code.Slot, End: null),
        { State: CodeState.Held, IsRecalled: false } => new CodeEvent.Recalled(),
        _ => Decision<CodeEvent>.Nothing,
    };
}
