using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Simulation;

/// <summary>A world without nodes whose store and queues answer whoever waits, as time runs until they have.</summary>
internal sealed class Driven
{
    private readonly Lock gate = new();

    public Driven()
    {
        World = new World(Plan.Of(1, SimulationRun.Weights) with { Nodes = 0 });
        Machine = new Machine(World.Scheduler, "caller").WithClock();
    }

    public World World { get; }

    public Machine Machine { get; }

    public PartitionStore Store => new DrivenStore(this);

    public MessageQueues Queues => new DrivenQueues(this);

    /// <summary>Lets time run.</summary>
    public void Pass(TimeSpan time)
    {
        lock (gate)
        {
            World.Scheduler.MoveHere();
            World.Scheduler.RunUntil(World.Scheduler.GetUtcNow() + time);
        }
    }

    private Task<T> Drive<T>(Func<Task<T>> call)
    {
        lock (gate)
        {
            World.Scheduler.MoveHere();
            Task<T>? answer = null;
            Machine.Run(_ => answer = Begin(call), null);
            while (!answer!.IsCompleted) World.Scheduler.MakeNext(DateTimeOffset.MaxValue);
            return answer;
        }
    }

    // What is refused at once is an answer too.
    private static async Task<T> Begin<T>(Func<Task<T>> call) => await call();

    private sealed class DrivenStore(Driven driven) : PartitionStore
    {
        private readonly SimulatedStore inner = new(driven.World, driven.Machine);

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
            driven.Drive(() => inner.Find(partition, row, cancel));

        protected override Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel) =>
            driven.Drive(() => inner.Range(partition, from, until, limit, cancel));

        protected override Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel) =>
            driven.Drive(() => inner.Commit(partition, writes, cancel));
    }

    private sealed class DrivenQueues(Driven driven) : MessageQueues
    {
        private readonly SimulatedQueues inner = new(driven.World, driven.Machine);

        protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) =>
            driven.Drive(async () =>
            {
                await inner.Send(queue, body, delay, cancel);
                return true;
            });

        protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
            string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
            driven.Drive(() => inner.Receive(queue, max, visibility, cancel));

        protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
            driven.Drive(() => inner.Delete(message, cancel));

        protected override Task<QueueMessage?> HideCore(
            QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
            driven.Drive(() => inner.Hide(message, visibility, cancel));

        protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
            string queue, int max, CancellationToken cancel) => driven.Drive(() => inner.Peek(queue, max, cancel));

        protected override Task<long> CountCore(string queue, CancellationToken cancel) =>
            driven.Drive(() => inner.Count(queue, cancel));
    }
}
