using System.Diagnostics;
using System.Globalization;
using Pond.Platform;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Benchmarks;

/// <summary>How many durable batches and how many reads a second the embedded store does on this machine.</summary>
/// <remarks>Writers commit batches of four new rows of 200 characters, each batch to a partition of its own.</remarks>
public static class StoreBenchmark
{
    private const int RowsPerBatch = 4;
    private const int RowChars = 200;
    private const int ReadPartitions = 1_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);
    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task Run(TextWriter output)
    {
        await using var file = new SqliteFile();
        var database = file.Open();
        var store = new SqlitePartitionStore(database);

        await output.WriteLineAsync("callers   batches/s   batches/fsync   p50 ms   p99 ms");
        foreach (var callers in new[] { 1, 8, 64 })
        {
            await Measure(callers, WarmUp, _ => Commit(store, new Ids().Next()));
            var groups = database.Groups;
            var samples = await Measure(callers, Measured, _ => Commit(store, new Ids().Next()));
            var perGroup = (double)samples.Count / (database.Groups - groups);
            await Report(output, callers, samples, $"{perGroup,13:F1}");
        }

        for (var i = 0; i < ReadPartitions; i++) await Commit(store, $"read{i}");
        await output.WriteLineAsync("callers     finds/s                   p50 ms   p99 ms");
        foreach (var callers in new[] { 1, 8 })
        {
            await Measure(callers, WarmUp, i => Find(store, i));
            await Report(output, callers, await Measure(callers, Measured, i => Find(store, i)), new string(' ', 13));
        }
    }

    private static async Task Commit(SqlitePartitionStore store, string partition)
    {
        var writes = new Write[RowsPerBatch];
        for (var i = 0; i < RowsPerBatch; i++) writes[i] = new Write.Insert($"row{i}", new string('x', RowChars));
        if (await store.Commit(partition, writes, None) is not CommitOutcome.Committed)
            throw new InvalidOperationException("A batch of new rows was not committed.");
    }

    private static async Task Find(SqlitePartitionStore store, int i)
    {
        if (await store.Find($"read{i % ReadPartitions}", "row0", None) is null)
            throw new InvalidOperationException("A row that was committed is missing.");
    }

    /// <summary>Lets the callers work for so long; how long each call of theirs took.</summary>
    private static async Task<List<TimeSpan>> Measure(int callers, TimeSpan time, Func<int, Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        var samples = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = new List<TimeSpan>();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await call(caller + (callers * mine.Count));
                mine.Add(Stopwatch.GetElapsedTime(begun));
            }

            return mine;
        })));
        return [.. samples.SelectMany(mine => mine).Order()];
    }

    private static Task Report(TextWriter output, int callers, List<TimeSpan> sorted, string extra)
    {
        var (median, slow) = (sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers,7} {sorted.Count / Measured.TotalSeconds,11:F0}   {extra}   "
            + $"{median.TotalMilliseconds,6:F3}   {slow.TotalMilliseconds,6:F3}"));
    }
}
