using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// The batches of codes of a template: rows <c>batch:{batchId}</c> in the template's partition, the oldest first. Each
/// is a head of its own, but for the order, which looks at the template.
/// </summary>
public static class CodeBatchRows
{
    public const string Prefix = "batch";

    public static string Row(string batchId) => $"{Prefix}:{batchId}";

    /// <summary>The batch, or null when there is none, or one of the ids is none at all.</summary>
    public static async Task<CodeBatch?> Find(
        PartitionStore store, string templateId, string batchId, CancellationToken cancel) =>
        Ids.IsId(templateId) && Ids.IsId(batchId)
            ? await store.Find<CodeBatch>(TemplateRows.Partition(templateId), Row(batchId), cancel)
            : null;

    /// <summary>A batch that is about to be ordered, with its template as the head.</summary>
    public static Layout<(Template? Template, CodeBatch? Batch), CodeBatchEvent> Order(
        string templateId, string batchId) => new(
        TemplateRows.Partition(templateId),
        TemplateRows.Head,
        Loads: [],
        Read: rows => (rows.Find<Template>(TemplateRows.Head), null),
        Write: state =>
        [
            .. state.Template is { } template ? [new StateRow(TemplateRows.Head, template)] : (StateRow[])[],
            .. state.Batch is { } batch ? [new StateRow(Row(batchId), batch)] : (StateRow[])[],
        ],
        Evolve: (state, fact) => (state.Template, CodeBatchFold.Evolve(state.Batch, fact)),
        Announce: fact => Announce(templateId, batchId, fact));

    public static Layout<CodeBatch?, CodeBatchEvent> Batch(string templateId, string batchId) => new(
        TemplateRows.Partition(templateId),
        Row(batchId),
        Loads: [],
        Read: rows => rows.Find<CodeBatch>(Row(batchId)),
        Write: batch => batch is null ? [] : [new StateRow(Row(batchId), batch)],
        Evolve: CodeBatchFold.Evolve,
        Announce: fact => Announce(templateId, batchId, fact));

    private static IEnumerable<Message> Announce(string templateId, string batchId, CodeBatchEvent fact)
    {
        if (fact is CodeBatchEvent.Ordered or CodeBatchEvent.SlotsGot or CodeBatchEvent.CodesMade
            or CodeBatchEvent.RevocationBegun or CodeBatchEvent.CodesRevoked)
            yield return CouponMessages.CodeBatch(new CodeBatchGoesOnV1(templateId, batchId));
        if (BackIn(fact) is { } back) yield return CouponMessages.Lending(back);
        if (Act($"{templateId}/{batchId}", fact) is { } act) yield return OperatorMessages.Acted(act);
    }

    private static SlotsLentV1? BackIn(CodeBatchEvent fact) => fact switch
    {
        CodeBatchEvent.CodesMade made => made.Back,
        CodeBatchEvent.CodesRevoked revoked => revoked.Back,
        CodeBatchEvent.CodeRevokedLate late => late.Back,
        _ => null,
    };

    private static OperatorActedV1? Act(string targetId, CodeBatchEvent fact) => fact switch
    {
        CodeBatchEvent.Ordered { Batch: var batch } ordered => new OperatorActedV1(
            ordered.OperatorId, "coupon_codes.order", targetId, batch.Note, null,
            batch.RequestedCount.ToString(CultureInfo.InvariantCulture), batch.CreatedAt),
        CodeBatchEvent.Exported { Batch: var batch } exported => new OperatorActedV1(
            exported.OperatorId, "coupon_codes.export", targetId, batch.Note, null,
            batch.MadeCount.ToString(CultureInfo.InvariantCulture), exported.At),
        CodeBatchEvent.RevocationBegun { Batch.State: var state } revoked => new OperatorActedV1(
            revoked.OperatorId, "coupon_codes.revoke", targetId, revoked.Reason,
            ResponseJson.NameOf(CodeBatchState.Ready), ResponseJson.NameOf(state), revoked.At),
        _ => null,
    };
}
