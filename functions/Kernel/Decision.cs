namespace Pond.Kernel;

/// <summary>What a rule answers: facts that now hold, or a reason why not.</summary>
public abstract record Decision<TEvent>
{
    private Decision()
    {
    }

    /// <summary>Yes. No events at all means that the wish is already fulfilled.</summary>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>No, for a reason that the caller may show.</summary>
    public sealed record Refused(Refusal Why) : Decision<TEvent>;

    /// <summary>The reason of a "no", or null for a yes.</summary>
    public Refusal? Refusal => (this as Refused)?.Why;

    /// <summary>The facts of a yes; none for a "no".</summary>
    public IReadOnlyList<TEvent> Facts => (this as Accepted)?.Events ?? [];

    /// <summary>Accepted, with nothing to change.</summary>
    public static readonly Decision<TEvent> Nothing = new Accepted([]);

    public static implicit operator Decision<TEvent>(TEvent fact) => new Accepted([fact]);

    public static implicit operator Decision<TEvent>(TEvent[] facts) => new Accepted(facts);

    public static implicit operator Decision<TEvent>(Refusal why) => new Refused(why);
}
