using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>What every store promises. An adapter joins with one subclass that opens it.</summary>
public abstract partial class PartitionStoreContract : IAsyncLifetime
{
    private const string FirstKey = "!"; // the lowest key there is
    private const string LastKey = "~~~~"; // above every key that these tests use

    protected PartitionStore Store { get; private set; } = null!;

    /// <summary>A partition that no other test has.</summary>
    protected string Partition { get; } = new Ids().Next();

    /// <summary>Opens the store. Tests may share one: each keeps to partitions of its own.</summary>
    protected abstract Task<PartitionStore> Open();

    protected virtual Task Close() => Task.CompletedTask;

    public async Task InitializeAsync() => Store = await Open();

    public Task DisposeAsync() => Close();

    private Task<CommitOutcome> Commit(params Write[] writes) =>
        Store.Commit(Partition, writes, CancellationToken.None);

    /// <summary>Commits what must succeed.</summary>
    private async Task<IReadOnlyList<string?>> Committed(params Write[] writes) =>
        Assert.IsType<CommitOutcome.Committed>(await Commit(writes)).ETags;

    /// <summary>Inserts rows, each with its key as data.</summary>
    private async Task Insert(params string[] keys)
    {
        foreach (var batch in keys.Chunk(StoreLimits.WritesPerBatchMax))
            await Committed([.. batch.Select(key => new Write.Insert(key, key))]);
    }

    private Task<Row?> Find(string key) => Store.Find(Partition, key, CancellationToken.None);

    private async Task<Row> Existing(string key) =>
        await Find(key) ?? throw new InvalidOperationException($"There is no row {key}.");

    private Task<List<Row>> All() => Range(FirstKey, LastKey, StoreLimits.RowsPerPageMax);

    /// <summary>Reads a range to its end, page by page.</summary>
    private async Task<List<Row>> Range(string from, string until, int limit)
    {
        var rows = new List<Row>();
        for (string? next = from; next != null;)
        {
            var page = await Store.Range(Partition, next, until, limit, CancellationToken.None);
            Assert.InRange(page.Rows.Count, 0, limit);
            rows.AddRange(page.Rows);
            next = page.Next;
        }

        return rows;
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => $"k{i:D4}")];
}
