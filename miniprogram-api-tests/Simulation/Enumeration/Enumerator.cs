namespace Pond.Tests.Simulation.Enumeration;

/// <summary>Which faults are tried.</summary>
internal sealed record Scope(Predicate<PlannedCall> Has)
{
    /// <summary>Every call in every way.</summary>
    public static readonly Scope Everything = new(_ => true);

    /// <summary>Only what changes something outside the process: commits, and calls to WeChat.</summary>
    public static readonly Scope Changes = new(one => one.Call.Kind is PortCallKind.Commit or PortCallKind.WeChat);

    /// <summary>The process dies when such a change has happened and nobody knows of it.</summary>
    public static readonly Scope DeathsAfterChanges = new(one => Changes.Has(one) && one.Way is FaultWay.CrashesAfter);

    /// <summary>Such a change dies or is lost, before or after it has happened.</summary>
    public static readonly Scope LostChanges = new(one => Changes.Has(one)
        && one.Way is not (FaultWay.LandsBeforeNextCommit or FaultWay.LandsAfterNextCommit));

    /// <summary>Every call: the changes in each of those ways, and the others in one, which takes turns.</summary>
    public static readonly Scope EveryCall = new(one => LostChanges.Has(one)
        || (!Changes.Has(one) && one.Way == InTurn(Enumerator.WaysOf(one.Call.Kind), one.Call.Number)));

    /// <summary>
    /// Every call in every way that can make a difference: who dies before a read has left the world as who dies after
    /// the change before it, or before the one after it.
    /// </summary>
    public static readonly Scope EveryDifference = new(
        one => one.Call.Kind is not PortCallKind.Read || one.Way is not FaultWay.CrashesBefore);

    private static FaultWay InTurn(FaultWay[] ways, int number) => ways[number % ways.Length];
}

/// <summary>A call, and how it is to go wrong.</summary>
internal sealed record PlannedCall(PortCall Call, FaultWay Way)
{
    public PlannedFault Fault => new(Call.Number, Way);

    public override string ToString() => $"{Way} at call {Call.Number}, {Call.Name}";
}

/// <summary>What an enumeration has come to.</summary>
/// <param name="Calls">That were counted.</param>
internal sealed record Figures(Setting Setting, int Calls, int Trials, IReadOnlyList<string> Violations)
{
    public override string ToString() => $"{Setting}: {Calls} calls, {Trials} trials, {Violations.Count} violations";
}

/// <summary>Tries an operation with every call going wrong in every way, and with every two.</summary>
/// <param name="shard">Of the faults, this part alone is tried.</param>
internal sealed class Enumerator(Setting setting, Scope scope, int shard = 0, int shards = 1)
{
    private readonly List<string> violations = [];
    private int trials;

    /// <summary>One fault in each trial.</summary>
    public Figures Singles()
    {
        var calls = Calls();
        foreach (var fault in FaultsOf(calls, after: 0).Where(IsOfShard)) Try(calls, fault);
        return new Figures(setting, calls.Count, trials, violations);
    }

    /// <summary>
    /// Two faults in each trial; the second is one of what follows after the first. The first is no failing read: that
    /// leaves the world as it was, so what follows is a trial with one fault, a moment later.
    /// </summary>
    /// <param name="progressed">Hears after each first fault how many trials there were.</param>
    public Figures Pairs(Action<PlannedCall, int>? progressed = null)
    {
        var calls = Calls();
        foreach (var first in FaultsOf(calls, after: 0).Where(one => one.Call.Kind is not PortCallKind.Read).Where(IsOfShard))
        {
            var rest = Try(calls, first);
            foreach (var second in FaultsOf(rest, first.Call.Number)) Try(rest, first, second);
            progressed?.Invoke(first, trials);
        }

        return new Figures(setting, calls.Count, trials, violations);
    }

    private IReadOnlyList<CountedCall> Calls()
    {
        var result = Trial.Run(setting, []);
        if (result.Violation is { } why) violations.Add($"{setting}, without a fault: {why}");
        return result.Calls;
    }

    private bool IsOfShard(PlannedCall fault, int index) => index % shards == shard;

    private IEnumerable<PlannedCall> FaultsOf(IReadOnlyList<CountedCall> calls, int after) =>
        from counted in calls
        where !counted.IsIdle && counted.Call.Number > after
        from way in WaysOf(counted.Call.Kind)
        let fault = new PlannedCall(counted.Call, way)
        where scope.Has(fault)
        select fault;

    private IReadOnlyList<CountedCall> Try(IReadOnlyList<CountedCall> calls, params PlannedCall[] faults)
    {
        trials++;
        var result = Trial.Run(setting, [.. faults.Select(fault => fault.Fault)]);
        var last = faults[^1].Call.Number;
        if (result.Violation is { } why) violations.Add($"{setting}, {string.Join(" and ", faults.AsEnumerable())}: {why}");
        else if (result.Calls.Count < last || result.Calls[last - 1] != calls[last - 1])
            violations.Add($"{setting}, {faults[^1]}: that call was another one this time");
        return result.Calls;
    }

    /// <summary>Only a commit may land late, and a read that is lost on the way back is one that is lost.</summary>
    public static FaultWay[] WaysOf(PortCallKind kind) => kind switch
    {
        PortCallKind.Read => [FaultWay.CrashesBefore, FaultWay.FailsBefore],
        PortCallKind.Commit => Enum.GetValues<FaultWay>(),
        _ => [FaultWay.CrashesBefore, FaultWay.CrashesAfter, FaultWay.FailsBefore, FaultWay.FailsAfter],
    };
}
