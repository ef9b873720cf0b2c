using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>Codes that were ordered together, with slots of the template's stock that are theirs.</summary>
/// <param name="Id">Sorts by the minute of the order.</param>
/// <param name="Shards">Of the template's stock.</param>
/// <param name="Slots">What was set aside for the codes; code n has the nth of them.</param>
/// <param name="AskedShards">Shards that have been asked for slots.</param>
/// <param name="MadeUntil">Codes with a smaller number are made.</param>
/// <param name="Skipped">Numbers whose code another one happens to have: there are no such codes.</param>
/// <param name="RevokedUntil">Codes with a smaller number have been looked at since the batch was revoked.</param>
/// <param name="RevokedCount">Codes that ended so.</param>
public sealed record CodeBatch(
    string Id,
    string TemplateId,
    string TemplateName,
    int Shards,
    int RequestedCount,
    string Note,
    DateTimeOffset CreatedAt,
    CodeBatchState State,
    IReadOnlyList<SlotRange> Slots,
    int AskedShards,
    int MadeUntil,
    IReadOnlyList<int> Skipped,
    int RedeemedCount,
    int RevokedUntil,
    int RevokedCount,
    DateTimeOffset? ExportedAt = null)
{
    [JsonIgnore]
    public int SlotCount => SlotRanges.CountOf(Slots);

    [JsonIgnore]
    public int MadeCount => MadeUntil - Skipped.Count;

    [JsonIgnore]
    public bool LacksSlots => SlotCount < RequestedCount && AskedShards < Shards;
}

/// <summary>Stored by name: never rename one.</summary>
public enum CodeBatchState
{
    /// <summary>Slots are being set aside, and codes made.</summary>
    Making,

    /// <summary>All codes can be redeemed.</summary>
    Ready,

    /// <summary>Codes that nobody has redeemed are being taken back.</summary>
    Revoking,

    /// <summary>No code can be redeemed any more, and unused slots are back in the stock.</summary>
    Revoked,
}

/// <summary>What can happen to a batch. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(SlotsGot), "slots-got")]
[JsonDerivedType(typeof(CodesMade), "codes-made")]
[JsonDerivedType(typeof(CodeRedeemed), "code-redeemed")]
[JsonDerivedType(typeof(Exported), "exported")]
[JsonDerivedType(typeof(RevocationBegun), "revocation-begun")]
[JsonDerivedType(typeof(CodesRevoked), "codes-revoked")]
[JsonDerivedType(typeof(CodeRevokedLate), "code-revoked-late")]
public abstract record CodeBatchEvent
{
    private CodeBatchEvent()
    {
    }

    public sealed record Ordered(CodeBatch Batch, string OperatorId) : CodeBatchEvent;

    /// <summary>A shard set slots aside, none when it had none.</summary>
    public sealed record SlotsGot(int Shard, IReadOnlyList<SlotRange> Slots) : CodeBatchEvent;

    /// <summary>Codes From ≤ number &lt; Until, but for the skipped ones, whose slots go back.</summary>
    public sealed record CodesMade(int From, int Until, IReadOnlyList<int> Skipped, SlotsLentV1? Back)
        : CodeBatchEvent;

    public sealed record CodeRedeemed : CodeBatchEvent;

    public sealed record Exported(CodeBatch Batch, string OperatorId, DateTimeOffset At) : CodeBatchEvent;

    public sealed record RevocationBegun(CodeBatch Batch, string OperatorId, string Reason, DateTimeOffset At)
        : CodeBatchEvent;

    /// <summary>So many codes From ≤ number &lt; Until were free; their slots go back.</summary>
    public sealed record CodesRevoked(int From, int Until, int Count, SlotsLentV1? Back) : CodeBatchEvent;

    /// <summary>A code was held when its batch was revoked, and its holder did not get the coupon.</summary>
    public sealed record CodeRevokedLate(SlotsLentV1 Back) : CodeBatchEvent;
}
