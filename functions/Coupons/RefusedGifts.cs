using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>A coupon that a member was to get without asking, and did not.</summary>
/// <param name="Occasion">What it was for, such as <c>tier:gold:1</c>.</param>
/// <param name="Code">Of the refusal.</param>
public sealed record RefusedGift(string TemplateId, string Occasion, string Code, DateTimeOffset At);

/// <summary>Rows <c>refused-gift:{hash}</c> in the member's partition, only ever inserted.</summary>
public sealed class RefusedGifts(PartitionStore store, TimeProvider clock)
{
    public const string Prefix = "refused-gift";

    private const int AttemptsMax = 3;

    /// <summary>Whether this one was refused before: a refusal is final, though there may be stock again.</summary>
    public async Task<bool> Has(string memberId, string templateId, string occasion, CancellationToken cancel) =>
        await store.Find(MemberRows.Partition(memberId), Row(templateId, occasion), cancel) is not null;

    /// <summary>Keeps a refusal.</summary>
    /// <exception cref="StoreUnavailableException">It is unknown whether it was kept.</exception>
    public async Task Keep(
        string memberId, string templateId, string occasion, Refusal why, CancellationToken cancel)
    {
        var gift = new RefusedGift(templateId, occasion, why.Code, clock.GetUtcNow());
        var insert = new Write.Insert(Row(templateId, occasion), Stored.Write(gift));
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var outcome = await store.Commit(MemberRows.Partition(memberId), [insert], cancel);
            if (outcome is CommitOutcome.Committed or CommitOutcome.Conflict) return; // or it was there already
        }

        throw new StoreUnavailableException($"A refused gift of {templateId} could not be kept.");
    }

    private static string Row(string templateId, string occasion) => $"{Prefix}:{Keys.Hash(templateId, occasion)}";
}
