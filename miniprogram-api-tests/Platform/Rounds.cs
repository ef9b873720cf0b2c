using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests.PlatformSpecs;

/// <summary>
/// A store that holds back every call until a test has seen all that are made at once, and so counts the rounds of
/// calls that an operation has to wait for, one after the other.
/// </summary>
internal sealed class Rounds(PartitionStore inner) : PartitionStore
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly Lock sync = new();
    private readonly List<string> waiting = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isHolding;

    /// <summary>Holds the calls of an operation back, and lets each expected round go once it is there.</summary>
    /// <param name="expected">The calls of each round, in ordinal order.</param>
    public async Task<HttpResponseMessage> Of(Func<Task<HttpResponseMessage>> operation, string[][] expected)
    {
        lock (sync) isHolding = true;
        try
        {
            var answer = operation();
            foreach (var round in expected)
            {
                await Arrived(round.Length).WaitAsync(TimeLimit);
                Assert.Equal(round, Release());
            }

            return await answer.WaitAsync(TimeLimit); // hangs, and so fails, when there is one more round
        }
        finally
        {
            lock (sync) isHolding = false;
            Release();
        }
    }

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        Held("find", partition, row, () => inner.Find(partition, row, cancel));

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) =>
        Held("range", partition, from, () => inner.Range(partition, from, until, limit, cancel));

    protected override Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel) =>
        Held("commit", partition, "", () => inner.Commit(partition, writes, cancel));

    private async Task<T> Held<T>(string verb, string partition, string key, Func<Task<T>> call)
    {
        Task gate;
        lock (sync)
        {
            if (!isHolding) gate = Task.CompletedTask;
            else
            {
                waiting.Add($"{verb} {Kind(partition)} {Kind(key)}".TrimEnd());
                gate = release.Task;
                arrival.TrySetResult();
            }
        }

        await gate;
        return await call();
    }

    private async Task Arrived(int count)
    {
        while (true)
        {
            Task next;
            lock (sync)
            {
                if (waiting.Count >= count) return;
                arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
                next = arrival.Task;
            }

            await next;
        }
    }

    private string[] Release()
    {
        lock (sync)
        {
            string[] released = [.. waiting.Order(StringComparer.Ordinal)];
            waiting.Clear();
            release.SetResult();
            release = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return released;
        }
    }

    // Ids and numbers differ with each run.
    private static string Kind(string key) => string.Join(':', key.Split(':').Select(part => part switch
    {
        _ when Ids.IsId(part) => "*",
        ['0' or '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] => "#",
        { Length: 32 } when part.All(char.IsAsciiHexDigitLower) => "#",
        _ => part,
    }));
}
