namespace Pond.Tests.Simulation;

/// <summary>Makes a failing plan smaller for as long as it still fails: fewer visits, fewer faults.</summary>
/// <remarks>
/// Delta debugging (Zeller and Hildebrandt, 2002): halves are left out, then quarters, down to single ones. First whole
/// kinds of faults, since who is spared one meets others later: single ones have no names before that.
/// </remarks>
internal sealed class Shrinker
{
    /// <summary>What a person can follow, of calls that visits make.</summary>
    public const int CallsWanted = 20;

    /// <summary>What a person can follow, of all that goes wrong.</summary>
    public const int FaultsWanted = 3;

    /// <summary>For each thing of which there should be less, each time.</summary>
    private const int RunsMax = 600;

    private readonly string kind;
    private Plan plan;
    private int runs;

    private Shrinker(Plan plan, string kind) => (this.plan, this.kind) = (plan, kind);

    /// <summary>Whether a failure is small enough to be understood.</summary>
    public static bool IsSmall(int calls, int faults) => calls <= CallsWanted && faults <= FaultsWanted;

    /// <summary>What becomes of the smallest plan that was found, told as it is.</summary>
    public static SimulationResult Shrink(Plan plan, TextWriter output)
    {
        var first = SimulationRun.Of(plan);
        if (first.Violation is not { } violation)
        {
            output.WriteLine($"Seed {plan.Seed} does not fail.");
            return first;
        }

        var shrinker = new Shrinker(plan, KindOf(violation));
        shrinker.Shrink(first.Begun);
        var smallest = SimulationRun.Of(shrinker.plan);
        Tell(smallest, output, shrinker.runs);
        return smallest;
    }

    private void Shrink(IReadOnlyDictionary<int, TimeSpan> begun)
    {
        TakeIfSame(Unhurried(plan, begun));
        Repeat(() =>
        {
            Reduce(plan.Kinds, kinds => plan.OfKinds(kinds));
            LeaveOut();
        });
        plan = plan with { Only = Run(plan).Struck.ToHashSet() };
        Repeat(() =>
        {
            Reduce([.. plan.Only!], only => plan with { Only = only.ToHashSet() });
            LeaveOut();
            plan = plan with { Only = Run(plan).Struck.ToHashSet() };
        });
    }

    // Until nothing becomes smaller any more.
    private void Repeat(Action reduce)
    {
        for (var before = int.MaxValue; Size < before;)
        {
            before = Size;
            reduce();
        }
    }

    private void LeaveOut()
    {
        Reduce(plan.Visits, visits => plan with { Visits = visits });
        TakeIfSame(WithoutOtherFlows(plan));
        Reduce(plan.Incidents, incidents => plan with { Incidents = incidents });
    }

    // All of them at once; or one after the other, in ever smaller parts.
    private void Reduce<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Plan> with)
    {
        if (items.Count == 0 || TakeIfSame(with([]))) return;
        var most = runs + RunsMax;
        for (var parts = 2; items.Count > 0 && runs < most;)
        {
            var size = Math.Max(1, (items.Count + parts - 1) / parts);
            var smaller = Enumerable.Range(0, (items.Count + size - 1) / size)
                .Select(part => items.Take(part * size).Concat(items.Skip((part + 1) * size)).ToList())
                .FirstOrDefault(rest => runs < most && TakeIfSame(with(rest)));
            if (smaller is not null) (items, parts) = (smaller, Math.Max(2, parts - 1));
            else if (size == 1) break;
            else parts *= 2;
        }
    }

    private bool TakeIfSame(Plan other)
    {
        if (Run(other).Violation is not { } violation || KindOf(violation) != kind) return false;
        plan = other;
        return true;
    }

    private SimulationResult Run(Plan one)
    {
        runs++;
        return SimulationRun.Of(one);
    }

    private int Size => plan.Visits.Count + plan.Incidents.Count + (plan.Only?.Count ?? plan.Kinds.Count);

    // Each visit at the time at which it has begun: none waits for one that is left out.
    private static Plan Unhurried(Plan plan, IReadOnlyDictionary<int, TimeSpan> begun) => plan with
    {
        Visits = [.. plan.Visits.Select(visit => visit with { At = begun.GetValueOrDefault(visit.Number, visit.At) })],
    };

    // What nobody visits need not be open.
    private static Plan WithoutOtherFlows(Plan plan) =>
        plan with { Flows = plan.Visits.Select(visit => visit.Flow).ToHashSet() };

    // The same check or flow; ids and figures differ from run to run.
    private static string KindOf(string violation) =>
        string.Concat(violation.Split(':', '\n', '(')[0].Where(letter => !char.IsDigit(letter)));

    private static void Tell(SimulationResult result, TextWriter output, int runs)
    {
        output.WriteLine(
            $"Seed {result.Plan.Seed} in {runs} runs: {result.Plan.Visits.Count} visits, {result.Calls} calls, "
            + $"{result.Faults} faults");
        foreach (var visit in result.Plan.Visits) output.WriteLine($"  {visit}");
        foreach (var incident in result.Plan.Incidents) output.WriteLine($"  {incident}");
        foreach (var fault in result.Struck) output.WriteLine($"  {fault}");
        output.WriteLine(result.Violation);
    }
}
