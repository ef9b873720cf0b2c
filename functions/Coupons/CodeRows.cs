using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Partition <c>k:{keyed hash of the code}</c>, the row <c>code</c>: all that becomes of a code is in this one row,
/// so no code has two ends.
/// </summary>
public static class CodeRows
{
    public const string Head = "code";

    public static string Partition(string codeKey) => "k:" + codeKey;

    public static Layout<Code?, CodeEvent> Code(string codeKey) => new(
        Partition(codeKey),
        Head,
        Loads: [],
        Read: rows => rows.Find<Code>(Head),
        Write: code => code is null ? [] : [new StateRow(Head, code)],
        Evolve: CodeFold.Evolve,
        Announce: Announce);

    /// <summary>
    /// Adds a code of a batch; whether that was done before does not matter.
    /// </summary>
    /// <returns>False when another code happens to say the same.</returns>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it is there.</exception>
    public static async Task<bool> TryAdd(
        PartitionStore store, string codeKey, Code code, CancellationToken cancel)
    {
        var insert = new Write.Insert(Head, Stored.Write(code));
        var outcome = await store.Commit(Partition(codeKey), [insert], cancel);
        if (outcome is CommitOutcome.Committed) return true;
        if (outcome is not CommitOutcome.Conflict) throw new StoreUnavailableException($"A code: {outcome}");

        var there = await store.Find<Code>(Partition(codeKey), Head, cancel);
        return there?.BatchId == code.BatchId && there.Number == code.Number;
    }

    private static IEnumerable<Message> Announce(CodeEvent fact) => fact switch
    {
        CodeEvent.Held held => [CouponMessages.CodeClaim(held.Hold)],
        CodeEvent.Redeemed redeemed => [CouponMessages.CodeEnded(redeemed.End)],
        CodeEvent.Revoked { End: { } end } => [CouponMessages.CodeEnded(end)],
        _ => [],
    };
}
