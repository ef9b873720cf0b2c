using Pond.Platform.Storage;

namespace Pond.Tests.Http;

/// <summary>A store of which one row can be read as something else than what was written.</summary>
internal sealed class TamperedStore(PartitionStore inner) : PartitionStore
{
    private readonly HashSet<(string Partition, string Key)> read = [];
    private readonly Lock sync = new();
    private (string Partition, string Key, string Data)? tampered;

    /// <summary>Whether anybody has read the tampered row since it is.</summary>
    public bool WasMet { get; private set; }

    /// <summary>What was committed beside the tampered row: other partitions go their own way.</summary>
    public int Commits { get; private set; }

    /// <summary>Everything is as it was written, and counting starts anew.</summary>
    public void Start()
    {
        lock (sync)
        {
            read.Clear();
            (tampered, WasMet, Commits) = (null, false, 0);
        }
    }

    public void Tamper(string partition, string key, string data)
    {
        Start();
        tampered = (partition, key, data);
    }

    /// <summary>The rows that were read since the last start.</summary>
    public (string Partition, string Key)[] Read()
    {
        lock (sync) return [.. read];
    }

    protected override async Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        await inner.Find(partition, row, cancel) is { } found ? Seen(partition, found) : null;

    protected override async Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel)
    {
        var page = await inner.Range(partition, from, until, limit, cancel);
        return page with { Rows = [.. page.Rows.Select(row => Seen(partition, row))] };
    }

    protected override async Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        var outcome = await inner.Commit(partition, writes, cancel);
        lock (sync) Commits += tampered?.Partition == partition && outcome is CommitOutcome.Committed ? 1 : 0;
        return outcome;
    }

    private Row Seen(string partition, Row row)
    {
        lock (sync)
        {
            read.Add((partition, row.Key));
            if (tampered is not { } other || (other.Partition, other.Key) != (partition, row.Key)) return row;
            WasMet = true;
            return row with { Data = other.Data };
        }
    }
}
