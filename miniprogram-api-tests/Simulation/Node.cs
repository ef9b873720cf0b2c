using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Simulation;

/// <summary>
/// One process of the app, whole as it is but for what lies outside: store, queues, WeChat, clock and chance.
/// </summary>
/// <param name="failed">Hears of what a host would log: a queue that did not answer.</param>
internal sealed class Node(World world, Machine machine, Action<string, Exception> failed) : IDisposable
{
    private readonly ServiceProvider services = Mould.Cast(world, machine);

    public Machine Machine => machine;

    /// <summary>Lets go what it held: rate limiters have timers of real time, which would go on for ever.</summary>
    public void Dispose() => services.Dispose();

    /// <summary>Answers a request.</summary>
    public Task<Answer> Serve(Request request) => Mould.Serve(services, request);

    /// <summary>Takes a message of a queue, if there is one, and carries it out.</summary>
    public async Task Deliver(string queue)
    {
        try
        {
            var triggers = services.GetRequiredService<ITriggerQueues>();
            foreach (var message in await triggers.Receive(queue, 1, QueuePump.Lease, CancellationToken.None))
                await services.GetRequiredService<QueuePump>().Deliver(message, CancellationToken.None);
        }
        catch (QueueUnavailableException failure)
        {
            failed(queue, failure);
        }
    }

    /// <summary>Lets a timer run.</summary>
    public async Task Fire(string timer)
    {
        try
        {
            await services.GetRequiredService<TimerRunner>().RunOnce(timer);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or QueueUnavailableException)
        {
            failed(timer, failure);
        }
    }
}
