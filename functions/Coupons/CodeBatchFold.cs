using System.Diagnostics;

namespace Pond.Coupons;

/// <summary>A batch of codes after a fact. Pure.</summary>
public static class CodeBatchFold
{
    public static CodeBatch? Evolve(CodeBatch? batch, CodeBatchEvent fact) => fact switch
    {
        CodeBatchEvent.Ordered ordered => ordered.Batch,
        CodeBatchEvent.SlotsGot got => Settled(batch! with
        {
            Slots = [.. batch.Slots, .. got.Slots],
            AskedShards = got.Shard + 1,
        }),
        CodeBatchEvent.CodesMade made => Settled(batch! with
        {
            MadeUntil = made.Until,
            Skipped = [.. batch.Skipped, .. made.Skipped],
        }),
        CodeBatchEvent.CodeRedeemed => batch! with { RedeemedCount = batch.RedeemedCount + 1 },
        CodeBatchEvent.Exported exported => batch! with { ExportedAt = exported.At },
        CodeBatchEvent.RevocationBegun => Settled(batch! with { State = CodeBatchState.Revoking }),
        CodeBatchEvent.CodesRevoked revoked => Settled(batch! with
        {
            RevokedUntil = revoked.Until,
            RevokedCount = batch.RevokedCount + revoked.Count,
        }),
        CodeBatchEvent.CodeRevokedLate => batch! with { RevokedCount = batch.RevokedCount + 1 },
        _ => throw new UnreachableException(),
    };

    private static CodeBatch Settled(CodeBatch batch) => batch switch
    {
        { State: CodeBatchState.Making, LacksSlots: false } when batch.MadeUntil == batch.SlotCount =>
            batch with { State = CodeBatchState.Ready },
        { State: CodeBatchState.Revoking } when batch.RevokedUntil == batch.MadeUntil =>
            batch with { State = CodeBatchState.Revoked },
        _ => batch,
    };
}
