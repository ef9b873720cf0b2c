namespace Pond.Tests.Simulation;

/// <summary>Who makes something happen: a visit of a shopper, a message, a timer.</summary>
/// <remarks>
/// Each draws from streams of its own, one for each fault, one for what befalls it and one for what it chooses, so that
/// leaving out a visit or a fault changes next to nothing for the others: it still chooses the same. That is what lets a
/// failure be made smaller.
/// </remarks>
internal sealed class Actor(ulong seed, string name)
{
    private static readonly AsyncLocal<Actor?> Acting = new();
    private static readonly int Faults = Enum.GetValues<FaultKind>().Length;

    private readonly ulong own = Chance.Seed(seed, name);
    private readonly Chance?[] ofFaults = new Chance?[Faults];

    public string Name => name;

    /// <summary>What it chooses by.</summary>
    public Chance Chance { get; } = new(Chance.Seed(seed, name));

    /// <summary>What befalls it that is no fault: how long a wire takes, dice.</summary>
    public Chance Noise { get; } = new(Chance.Seed(Chance.Seed(seed, name), Faults));

    /// <summary>How it names things: who acts on behalf of one of them is called by that, too.</summary>
    public Chance Names { get; } = new(Chance.Seed(Chance.Seed(seed, name), Faults + 1));

    /// <summary>Whether a fault happens, at each occasion that there is for it.</summary>
    public Chance Of(FaultKind kind) => ofFaults[(int)kind] ??= new(Chance.Seed(own, (int)kind));

    /// <summary>On whose behalf the present step is made; it goes along with every await.</summary>
    public static Actor? Current
    {
        get => Acting.Value;
        set => Acting.Value = value;
    }
}
