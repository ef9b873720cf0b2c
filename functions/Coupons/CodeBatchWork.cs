using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>The work of one step of a batch. Done twice, it comes to the same.</summary>
public sealed class CodeBatchWork(PartitionStore store, Transactor transactor, CodeMint mint)
{
    private const int AtOnce = 8;

    /// <summary>Does what is next.</summary>
    /// <returns>What was done; null when nothing is left to do.</returns>
    /// <exception cref="StoreUnavailableException">Nobody knows how much was done; do it again.</exception>
    public async Task<CodeBatchEvent?> Next(CodeBatch batch, CancellationToken cancel) => batch.State switch
    {
        CodeBatchState.Making when batch.LacksSlots => await Ask(batch, cancel),
        CodeBatchState.Making => await Make(batch, cancel),
        CodeBatchState.Revoking => await Revoke(batch, cancel),
        _ => null,
    };

    private async Task<CodeBatchEvent> Ask(CodeBatch batch, CancellationToken cancel)
    {
        var (shard, wanted) = (batch.AskedShards, batch.RequestedCount - batch.SlotCount);
        var decision = await transactor.Run(
            ShardRows.Shard(batch.TemplateId, shard),
            new Operation(nameof(Ask), batch.Id, Fingerprint: null),
            (desk, _) => ClaimRules.SetAside(desk, wanted),
            cancel);
        return decision.Facts is [ShardEvent.SlotsSetAside aside]
            ? new CodeBatchEvent.SlotsGot(shard, aside.Slots)
            : throw new ContendedException(nameof(Ask)); // the shard is not open yet
    }

    private async Task<CodeBatchEvent> Make(CodeBatch batch, CancellationToken cancel)
    {
        var until = Math.Min(batch.MadeUntil + CodeBatchRules.CodesPerStep, batch.SlotCount);
        var skipped = await Each(batch.MadeUntil, until, async (number, token) =>
        {
            var code = new Code(
                batch.Id, batch.TemplateId, batch.Shards, number, SlotRanges.At(batch.Slots, number), CodeState.Free);
            return await CodeRows.TryAdd(store, KeyOf(batch, number), code, token) ? null : number;
        }, cancel);
        int[] slots = [.. skipped.Select(number => SlotRanges.At(batch.Slots, number))];
        return new CodeBatchEvent.CodesMade(
            batch.MadeUntil, until, skipped, CodeBatchRules.BackTo(batch, "skipped", batch.MadeUntil, slots));
    }

    private async Task<CodeBatchEvent> Revoke(CodeBatch batch, CancellationToken cancel)
    {
        var until = Math.Min(batch.RevokedUntil + CodeBatchRules.CodesPerStep, batch.MadeUntil);
        var slots = await Each(batch.RevokedUntil, until, async (number, token) =>
        {
            if (batch.Skipped.Contains(number)) return null;
            var decision = await transactor.Run(
                CodeRows.Code(KeyOf(batch, number)),
                new Operation(nameof(Revoke), batch.Id, Fingerprint: null),
                (code, _) => CodeRules.Revoke(code),
                token);
            return decision.Facts is [CodeEvent.Revoked revoked] ? revoked.Slot : null;
        }, cancel);
        return new CodeBatchEvent.CodesRevoked(
            batch.RevokedUntil, until, slots.Count,
            CodeBatchRules.BackTo(batch, "revoked", batch.RevokedUntil, slots));
    }

    private string KeyOf(CodeBatch batch, int number) => mint.KeyOf(mint.Code(batch.Id, number));

    // A few at once; what each has found, in the order of the numbers.
    private static async Task<IReadOnlyList<int>> Each(
        int from, int until, Func<int, CancellationToken, Task<int?>> work, CancellationToken cancel)
    {
        var found = new int?[until - from];
        await AFewAtATime.Each(
            Enumerable.Range(from, until - from),
            AtOnce,
            async (number, stop) => found[number - from] = await work(number, stop),
            cancel);
        return [.. found.OfType<int>()];
    }
}
