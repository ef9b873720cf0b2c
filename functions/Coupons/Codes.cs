using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Pond.Coupons;

/// <summary>One code for a coupon, with a slot of the template's stock. What it says is stored nowhere.</summary>
/// <param name="Number">0, 1, 2 … within its batch.</param>
/// <param name="Slot">The slot of the stock that belongs to it.</param>
/// <param name="Hold">Who gets or got the coupon; null while nobody does.</param>
/// <param name="IsRecalled">It was revoked while it was held: it is never free again.</param>
public sealed record Code(
    string BatchId,
    string TemplateId,
    int Shards,
    int Number,
    int Slot,
    CodeState State,
    CodeHolder? Hold = null,
    bool IsRecalled = false);

/// <summary>Stored by name: never rename one.</summary>
public enum CodeState
{
    /// <summary>Whoever types it first gets the coupon.</summary>
    Free,

    /// <summary>A member has typed it, and the limits of the template are being asked.</summary>
    Held,

    /// <summary>The member has the coupon.</summary>
    Redeemed,

    /// <summary>Taken back by an operator.</summary>
    Revoked,
}

/// <param name="Id">Names this hold.</param>
public sealed record CodeHolder(string Id, string MemberId, DateTimeOffset At);

/// <summary>What can happen to a code. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(Redeemed), "redeemed")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Recalled), "recalled")]
[JsonDerivedType(typeof(Revoked), "revoked")]
public abstract record CodeEvent
{
    private CodeEvent()
    {
    }

    public sealed record Held(CodeHeldV1 Hold, DateTimeOffset At) : CodeEvent;

    public sealed record Redeemed(CodeEndedV1 End) : CodeEvent;

    /// <summary>The member may not have the coupon.</summary>
    public sealed record Released : CodeEvent;

    /// <summary>Revoked while a member holds it: the end of the hold decides.</summary>
    public sealed record Recalled : CodeEvent;

    /// <param name="End">What the batch has to hear; null when it is the batch that revokes.</param>
    public sealed record Revoked(int Slot, CodeEndedV1? End) : CodeEvent;
}

/// <summary>State after a fact. Pure.</summary>
public static class CodeFold
{
    public static Code? Evolve(Code? code, CodeEvent fact) => fact switch
    {
        CodeEvent.Held { Hold: var hold } held => code! with
        {
            State = CodeState.Held,
            Hold = new CodeHolder(hold.HoldId, hold.MemberId, held.At),
        },
        CodeEvent.Redeemed => code! with { State = CodeState.Redeemed },
        CodeEvent.Released => code! with { State = CodeState.Free, Hold = null },
        CodeEvent.Recalled => code! with { IsRecalled = true },
        CodeEvent.Revoked => code! with { State = CodeState.Revoked, Hold = null },
        _ => throw new UnreachableException(),
    };
}
