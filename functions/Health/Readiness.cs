using Pond.Platform;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Health;

/// <summary>
/// Proves that store and queue work. One proof serves everybody for a few seconds, so asking often costs nothing.
/// </summary>
public sealed partial class Readiness(
    PartitionStore store, MessageQueues queues, Ids ids, TimeProvider clock, ILogger<Readiness> log) : IDisposable
{
    /// <summary>How long a proof holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    private const string Partition = "health";
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
            var row = ids.Next();
            var outcome = await store.Commit(Partition, [new Write.Insert(row, "")], limit.Token);
            if (outcome is not CommitOutcome.Committed { ETags: [{ } etag] })
                return No(new StoreUnavailableException($"{outcome}"));
            await store.Commit(Partition, [new Write.Delete(row, etag)], limit.Token);

            await queues.Send(Queue, row, TimeSpan.Zero, limit.Token);
            foreach (var message in await queues.Receive(Queue, MessageQueues.ReceiveMax, Visibility, limit.Token))
                await queues.Delete(message, limit.Token);
            return true;
        }
        catch (Exception failure) when (
            failure is StoreUnavailableException or QueueUnavailableException or OperationCanceledException)
        {
            return No(failure);
        }
    }

    private bool No(Exception failure)
    {
        NotReady(failure);
        return false;
    }

    [LoggerMessage(LogLevel.Error, "The store or the queues do not work")]
    private partial void NotReady(Exception failure);
}
