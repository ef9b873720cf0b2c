namespace Pond.Coupons;

/// <summary>How far a batch of codes is.</summary>
/// <param name="MadeCount">
/// Codes that there are; in the end fewer than requested only when claims were faster than the batch.
/// </param>
/// <param name="RedeemedCount">Codes for which a member got a coupon.</param>
/// <param name="RevokedCount">Codes that were taken back before that.</param>
/// <param name="ExportedAt">When the codes were told, once and for all; null before.</param>
public sealed record CodeBatchResponse(
    string BatchId,
    string TemplateId,
    string Note,
    CodeBatchState State,
    int RequestedCount,
    int MadeCount,
    int RedeemedCount,
    int RevokedCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExportedAt)
{
    public static CodeBatchResponse Of(CodeBatch batch) => new(
        batch.Id, batch.TemplateId, batch.Note, batch.State, batch.RequestedCount, batch.MadeCount, batch.RedeemedCount,
        batch.RevokedCount, batch.CreatedAt, batch.ExportedAt);
}
