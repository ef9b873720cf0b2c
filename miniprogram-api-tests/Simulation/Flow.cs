namespace Pond.Tests.Simulation;

/// <summary>Something that people do with the app, again and again, whatever fails.</summary>
/// <remarks>
/// One file in Flows/ is one flow: what it needs before, what one visit does, and what must be true of it when all is
/// quiet. The simulation finds it by itself; each world has an instance of its own.
/// </remarks>
internal abstract class Flow
{
    /// <summary>How often it is drawn, against the others.</summary>
    public virtual int Weight => 10;

    /// <summary>Makes what the visits need, before anything fails.</summary>
    public virtual Task Open(World world) => Task.CompletedTask;

    /// <summary>One visit. A shopper makes one at a time.</summary>
    public abstract Task Visit(World world, SimulatedPhone phone);

    /// <summary>Looks at the end whether what was answered has happened, once. By then nothing fails any more.</summary>
    public virtual Task Look(World world) => Task.CompletedTask;
}
