using System.Runtime.CompilerServices;
using System.Text;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>What is kept of a person beside the profile: a row of its own for each, under the same key.</summary>
/// <remarks>
/// Whoever writes a row rewrites the row of the key too: so nothing is written beside an erasure, or beside a merge
/// that has looked already.
/// </remarks>
public sealed partial class PersonalData
{
    private const int RowsPerPage = 50;

    /// <summary>The row's content, or null when there is none or the person was erased.</summary>
    internal async Task<T?> FindRow<T>(string memberId, string row, CancellationToken cancel)
        where T : class => (await LoadRow<T>(memberId, row, cancel)).Value;

    /// <summary>All rows whose key starts with <c>prefix:</c>.</summary>
    internal async IAsyncEnumerable<T> ReadRows<T>(
        string memberId, string prefix, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        var (keyRow, isErased) = await FindKey(memberId, cancel);
        if (keyRow is null || isErased) yield break;
        var key = Unwrap(memberId, keyRow);
        await foreach (var row in store.ReadEach(Partition(memberId), Keys.Under(prefix), RowsPerPage, cancel))
            yield return Read<T>(memberId, key, row);
    }

    /// <summary>Changes a row by a pure rule, whose fact is what the row holds from then on.</summary>
    /// <returns>The decision; <see cref="MemberRefusals.Gone"/> when the person was erased.</returns>
    internal async Task<Decision<T>> ChangeRow<T>(
        string memberId, string row, Func<T?, Decision<T>> decide, CancellationToken cancel)
        where T : class
    {
        using var turn = await turns.Take(Partition(memberId), cancel);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var before = await LoadRow<T>(memberId, row, cancel);
            if (before.IsErased) return MemberRefusals.Gone;
            var decision = decide(before.Value);
            if (decision.Facts is not [var after] || await TryReplaceRow(before, after, cancel)) return decision;
        }

        throw new ContendedException(nameof(PersonalData));
    }

    private async Task<KeptRow<T>> LoadRow<T>(string memberId, string row, CancellationToken cancel)
        where T : class
    {
        // The key's row comes first: whatever is written beside it later takes its ETag away.
        var (keyRow, isErased) = await FindKey(memberId, cancel);
        var key = keyRow is null || isErased ? null : Unwrap(memberId, keyRow);
        var found = key is null ? null : await store.Find(Partition(memberId), row, cancel);
        return new KeptRow<T>(
            memberId,
            row,
            found is null ? null : Read<T>(memberId, key!, found),
            key,
            keyRow?.ETag,
            found?.ETag,
            isErased);
    }

    private async Task<bool> TryReplaceRow<T>(KeptRow<T> before, T after, CancellationToken cancel)
        where T : class
    {
        var (memberId, key) = (before.MemberId, before.Key ?? ids.NextBytes(AesBox.KeyBytes));
        var box = Seal(key, Encoding.UTF8.GetBytes(Stored.Write(after)), memberId, before.Row);
        Write[] writes = [Put(KeyRow, Wrap(memberId, key), before.KeyETag), Put(before.Row, box, before.RowETag)];
        return await store.Commit(Partition(memberId), writes, cancel) is CommitOutcome.Committed;
    }

    private async Task<(Row? Row, bool IsErased)> FindKey(string memberId, CancellationToken cancel)
    {
        var row = await store.Find(Partition(memberId), KeyRow, cancel);
        return (row, row?.Data == Erased);
    }

    private static T Read<T>(string memberId, byte[] key, Row row) =>
        Stored.Read<T>(Encoding.UTF8.GetString(AesBox.Open(key, row.Data, Context(memberId, row.Key))));

    /// <summary>A row as read.</summary>
    /// <param name="Key">The member's own key; null when there is none.</param>
    private sealed record KeptRow<T>(
        string MemberId, string Row, T? Value, byte[]? Key, string? KeyETag, string? RowETag, bool IsErased)
        where T : class;
}
