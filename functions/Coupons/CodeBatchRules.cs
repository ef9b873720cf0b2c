using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-07: the life of a batch of codes. Pure.</summary>
public static class CodeBatchRules
{
    /// <summary>Codes of one batch.</summary>
    public const int CodesMax = 10_000;

    /// <summary>Codes that one step makes or revokes.</summary>
    public const int CodesPerStep = 100;

    /// <summary>How long the answer to an export may be asked for again with its key.</summary>
    public static readonly TimeSpan ExportRepeats = TimeSpan.FromMinutes(10);

    /// <summary>An operator orders codes.</summary>
    /// <param name="freeCount">Slots that were free a moment ago; should there be fewer by now, fewer are made.</param>
    public static Decision<CodeBatchEvent> Order(
        Template? template,
        string batchId,
        int count,
        string note,
        int freeCount,
        string operatorId,
        DateTimeOffset now)
    {
        if (template is null) return CouponRefusals.TemplateMissing;
        if (template.State is not (TemplateState.Published or TemplateState.Paused)) return CouponRefusals.NotOffered;
        if (template.Terms.PromotionId is not null) return CouponRefusals.NoCodesInPromotion;
        if (freeCount < count) return CouponRefusals.StockShort;

        return new CodeBatchEvent.Ordered(
            new CodeBatch(
                batchId, template.Terms.TemplateId, template.Terms.Name, template.Shards, count, note, now,
                CodeBatchState.Making, Slots: [], AskedShards: 0, MadeUntil: 0, Skipped: [], RedeemedCount: 0,
                RevokedUntil: 0, RevokedCount: 0),
            operatorId);
    }

    /// <summary>A step is done; one that was done already changes nothing.</summary>
    public static Decision<CodeBatchEvent> GoOn(CodeBatch? batch, CodeBatchEvent step)
    {
        var isNext = step switch
        {
            CodeBatchEvent.SlotsGot got => batch is { State: CodeBatchState.Making, LacksSlots: true }
                && batch.AskedShards == got.Shard,
            CodeBatchEvent.CodesMade made => batch is { State: CodeBatchState.Making, LacksSlots: false }
                && batch.MadeUntil == made.From,
            CodeBatchEvent.CodesRevoked revoked => batch is { State: CodeBatchState.Revoking }
                && batch.RevokedUntil == revoked.From,
            _ => throw new UnreachableException(),
        };
        return isNext ? step : Decision<CodeBatchEvent>.Nothing;
    }

    /// <summary>Told to an operator once; whoever comes later is refused, by whatever key.</summary>
    public static Decision<CodeBatchEvent> Export(CodeBatch? batch, string operatorId, DateTimeOffset now) =>
        batch switch
        {
            null => CouponRefusals.BatchMissing,
            { State: CodeBatchState.Making } => CouponRefusals.BatchNotReady,
            { State: CodeBatchState.Revoking or CodeBatchState.Revoked } => CouponRefusals.BatchRevoked,
            { ExportedAt: not null } => CouponRefusals.BatchExported,
            _ => new CodeBatchEvent.Exported(batch, operatorId, now),
        };

    /// <summary>Whether the answer to an export may be given again.</summary>
    public static bool MayRepeat(CodeBatchEvent.Exported exported, DateTimeOffset now) =>
        now < exported.At + ExportRepeats;

    /// <summary>An operator takes back what nobody has redeemed.</summary>
    public static Decision<CodeBatchEvent> Revoke(
        CodeBatch? batch, string operatorId, string reason, DateTimeOffset now) => batch switch
        {
            null => CouponRefusals.BatchMissing,
            { State: CodeBatchState.Making } => CouponRefusals.BatchNotReady,
            { State: CodeBatchState.Revoking or CodeBatchState.Revoked } => CouponRefusals.BatchRevoked,
            _ => new CodeBatchEvent.RevocationBegun(
                batch with { State = CodeBatchState.Revoking }, operatorId, reason, now),
        };

    /// <summary>A code has come to its end.</summary>
    public static Decision<CodeBatchEvent> CountEnd(CodeBatch? batch, CodeEndedV1 ended)
    {
        if (batch is null) return CouponRefusals.BatchMissing;
        return ended.IsRedeemed
            ? new CodeBatchEvent.CodeRedeemed()
            : new CodeBatchEvent.CodeRevokedLate(BackTo(batch, "late", ended.Number, [ended.Slot])!);
    }

    /// <summary>Slots on their way back into the stock; the shards get them in turn. Null for none.</summary>
    /// <param name="why">With the number it names these slots' way, so that they arrive once.</param>
    /// <param name="number">Of the first code that they were for.</param>
    public static SlotsLentV1? BackTo(CodeBatch batch, string why, int number, IReadOnlyList<int> slots) =>
        slots.Count == 0
            ? null
            : new SlotsLentV1(
                $"{batch.Id}:{why}:{number}", batch.TemplateId, number / CodesPerStep % batch.Shards,
                SlotRanges.Of(slots), AreFromNoShard: true);
}
