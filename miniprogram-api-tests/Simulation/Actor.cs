namespace Pond.Tests.Simulation;

/// <summary>Who makes something happen: a visit of a shopper, a message, a timer.</summary>
/// <remarks>
/// Each draws from a stream of its own, so that leaving one out changes next to nothing for the others. That is what
/// lets a failure be made smaller.
/// </remarks>
internal sealed class Actor(ulong seed, string name)
{
    private static readonly AsyncLocal<Actor?> Acting = new();

    public string Name => name;

    public Chance Chance { get; } = new(Chance.Seed(seed, name));

    /// <summary>On whose behalf the present step is made; it goes along with every await.</summary>
    public static Actor? Current
    {
        get => Acting.Value;
        set => Acting.Value = value;
    }
}
