using Microsoft.AspNetCore.Routing.Matching;

namespace Pond.Tests.Simulation;

/// <summary>What comes back to a machine is a step of the world, in the order that the seed draws.</summary>
public sealed class ComingBack
{
    private readonly Scheduler scheduler = new(seed: 1);

    [Fact]
    public void What_the_app_awaits_is_a_step()
    {
        var waiting = new Waiting<string>();

        Assert.True(IsStep(waiting));
        Assert.Equal(1, waiting.Times);
    }

    /// <remarks>It is the quicker of two threads that says so: a step of it would make two worlds of one seed.</remarks>
    [Fact]
    public void That_a_table_of_routes_is_compiled_is_none_whichever_thread_says_so() =>
        Assert.False(IsStep(new Waiting<EndpointSelector>()));

    private bool IsStep<T>(Waiting<T> waiting)
    {
        new Machine(scheduler, "node").Post(static state => ((Action)state!)(), (Action)waiting.GoOn);
        return scheduler.MakeNext(scheduler.GetUtcNow());
    }

    private sealed class Waiting<T>
    {
        public int Times { get; private set; }

        public void GoOn() => Times++;
    }
}
