namespace Pond.Platform.Storage;

/// <summary>The whole of storage: rows ordered by key inside one partition, changed atomically or not at all.</summary>
/// <remarks>
/// Shaped by Azure Table Storage. The limits are checked here, before any adapter, so that every adapter
/// refuses what Azure would refuse. A call that breaks a limit of keys or paging is a bug of the caller and
/// throws <see cref="ArgumentException"/>; a batch that is too large or malformed is
/// <see cref="CommitOutcome.Rejected"/>.
/// </remarks>
public abstract class PartitionStore
{
    /// <summary>The row, or null when there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public Task<Row?> Find(string partition, string row, CancellationToken cancel)
    {
        Keys.Check(partition);
        Keys.Check(row);
        return FindCore(partition, row, cancel);
    }

    /// <summary>Rows with from ≤ key &lt; until, in ordinal order of their keys.</summary>
    /// <param name="limit">1 … <see cref="StoreLimits.RowsPerPageMax"/>.</param>
    /// <returns>
    /// A page: it may hold fewer rows than the limit, even none, and still have a <see cref="Page.Next"/>.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public Task<Page> Range(string partition, string from, string until, int limit, CancellationToken cancel)
    {
        Keys.Check(partition);
        Keys.Check(from);
        Keys.Check(until);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, StoreLimits.RowsPerPageMax);
        return string.CompareOrdinal(from, until) >= 0
            ? Task.FromResult(Page.Empty)
            : RangeCore(partition, from, until, limit, cancel);
    }

    /// <summary>All the writes or none of them.</summary>
    /// <remarks>
    /// Once the batch is on its way it is not cancelled any more: half a cancellation would be an unknown outcome.
    /// </remarks>
    public Task<CommitOutcome> Commit(string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        Keys.Check(partition);
        return StoreLimits.Broken(partition, writes) is { } reason
            ? Task.FromResult<CommitOutcome>(new CommitOutcome.Rejected(reason))
            : CommitCore(partition, writes, cancel);
    }

    protected abstract Task<Row?> FindCore(string partition, string row, CancellationToken cancel);

    protected abstract Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel);

    protected abstract Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel);
}

/// <summary>One stored row.</summary>
/// <param name="Key">Its key in the partition.</param>
/// <param name="Data">Its content, JSON as a rule.</param>
/// <param name="ETag">Names this version of the row; never used again for another one, even after a delete.</param>
public sealed record Row(string Key, string Data, string ETag);

/// <summary>A part of a range.</summary>
/// <param name="Rows">In ordinal order of their keys.</param>
/// <param name="Next">The key to go on from, or null when the range is read to its end.</param>
public sealed record Page(IReadOnlyList<Row> Rows, string? Next)
{
    public static readonly Page Empty = new([], null);
}

/// <summary>One change of a batch. There is no upsert: every write says what it believes.</summary>
public abstract record Write
{
    private Write(string key) => Key = key;

    public string Key { get; }

    /// <summary>Holds when there is no such row.</summary>
    public sealed record Insert(string Key, string Data) : Write(Key);

    /// <summary>Holds when the row still has this ETag.</summary>
    public sealed record Replace(string Key, string Data, string ETag) : Write(Key);

    /// <summary>Holds when the row still has this ETag.</summary>
    public sealed record Delete(string Key, string ETag) : Write(Key);
}

/// <summary>
/// What became of a batch. Nothing but <see cref="Committed"/> says that it is stored, and <see cref="Unknown"/> says
/// neither.
/// </summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>Stored, durably.</summary>
    /// <param name="ETags">One for each write, in their order; null for a delete.</param>
    public sealed record Committed(IReadOnlyList<string?> ETags) : CommitOutcome;

    /// <summary>Not stored: a condition did not hold.</summary>
    /// <param name="Index">Which write of the batch found its condition broken; the first such one.</param>
    public sealed record Conflict(int Index) : CommitOutcome;

    /// <summary>Not stored, and never will be as it is: a limit is broken.</summary>
    public sealed record Rejected(string Reason) : CommitOutcome;

    /// <summary>The answer was lost: stored, not stored, or still under way.</summary>
    public sealed record Unknown(Exception Cause) : CommitOutcome;
}

/// <summary>The store did not answer a read. Nothing was changed by it.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
