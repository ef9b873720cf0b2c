using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Bargains;

/// <summary>How often a member has helped on one day.</summary>
/// <param name="Holds">Each counts from before its cut on; one that came to nothing leaves again.</param>
public sealed record HelperDay(ChinaDay Day, IReadOnlyList<HelpHold> Holds)
{
    public static HelperDay Evolve(HelperDay? before, HelperEvent fact)
    {
        HelpHold[] holds = before?.Day == fact.Day ? [.. before.Holds] : [];
        return fact switch
        {
            HelperEvent.Held { Help: var help } when holds.All(hold => hold.HoldId != help.HoldId) =>
                new HelperDay(fact.Day, [.. holds, new HelpHold(help.HoldId, help.AttemptId)]),
            HelperEvent.Released released =>
                new HelperDay(fact.Day, [.. holds.Where(hold => hold.HoldId != released.HoldId)]),
            _ => new HelperDay(fact.Day, holds),
        };
    }
}

/// <summary>A right of a day that is used, or about to be used, for an attempt.</summary>
public sealed record HelpHold(string HoldId, string AttemptId);

/// <summary>What can happen to a helper's day. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(Released), "released")]
public abstract record HelperEvent(ChinaDay Day)
{
    /// <summary>From here on the cut is made, or refused for good, whoever has to follow.</summary>
    public sealed record Held(HelpHeldV1 Help, ChinaDay Day) : HelperEvent(Day);

    public sealed record Released(string HoldId, ChinaDay Day) : HelperEvent(Day);
}
