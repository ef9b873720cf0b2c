using Pond.Platform;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Health;

/// <summary>
/// Proves that store and queue work. One proof serves everybody for a few seconds, so asking often costs nothing.
/// </summary>
public sealed partial class Readiness(
    PartitionStore store, MessageQueues queues, TimeProvider clock, ILogger<Readiness> log) : IDisposable
{
    /// <summary>How long a proof holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    private const string Partition = WholeStore.ProbePartition;
    private const string ProofRow = "proof";
    private const string Queue = "health";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1, 1);
    private (bool IsReady, DateTimeOffset At)? proof;

    /// <summary>Whether work can be done, as of a few seconds ago at most.</summary>
    public async Task<bool> Check()
    {
        await one.WaitAsync();
        try
        {
            if (proof is { } known && clock.GetUtcNow() - known.At is var age && age >= TimeSpan.Zero && age < Lifetime)
                return known.IsReady;
            var isReady = await Prove();
            proof = (isReady, clock.GetUtcNow());
            return isReady;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> Prove()
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        try
        {
            await ProveStore(limit.Token);
            await ProveQueue(limit.Token);
            return true;
        }
        catch (Exception failure) when (
            failure is StoreUnavailableException or QueueUnavailableException or OperationCanceledException)
        {
            NotReady(failure);
            return false;
        }
    }

    // One row for ever: nothing is left behind, whatever stops half-way. To lose a race for it is proof enough.
    private async Task ProveStore(CancellationToken cancel)
    {
        var row = await store.Find(Partition, ProofRow, cancel);
        var data = Stored.Write(clock.GetUtcNow());
        Write write = row is null ? new Write.Insert(ProofRow, data) : new Write.Replace(ProofRow, data, row.ETag);
        var outcome = await store.Commit(Partition, [write], cancel);
        if (outcome is CommitOutcome.Unknown or CommitOutcome.Rejected)
            throw new StoreUnavailableException($"{outcome}");
    }

    // Another process may take our message and we its, so none coming back is no failure: an answer is the proof.
    private async Task ProveQueue(CancellationToken cancel)
    {
        await queues.Send(Queue, "proof", TimeSpan.Zero, cancel);
        var messages = await queues.Receive(Queue, MessageQueues.ReceiveMax, Visibility, cancel);
        foreach (var message in messages) await queues.Delete(message, cancel);
    }

    [LoggerMessage(LogLevel.Error, "The store or the queues do not work")]
    private partial void NotReady(Exception failure);
}
