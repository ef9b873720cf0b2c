namespace Pond.Tests.Simulation;

/// <summary>Makes a failing plan smaller for as long as it still fails: fewer visits, fewer faults.</summary>
/// <remarks>
/// Delta debugging (Zeller and Hildebrandt, 2002): halves are left out, then quarters, down to single ones.
/// </remarks>
internal static class Shrinker
{
    /// <summary>For each thing of which there should be less.</summary>
    private const int RunsMax = 200;

    /// <summary>What becomes of the smallest plan that was found, told as it is.</summary>
    public static SimulationResult Shrink(Plan plan, TextWriter output)
    {
        var runs = 0;
        var first = Run(plan);
        if (first.Violation is not { } violation)
        {
            output.WriteLine($"Seed {plan.Seed} does not fail.");
            return first;
        }

        var kind = KindOf(violation);
        plan = plan with { Only = first.Struck.ToHashSet() };
        if (Unhurried(plan, first.Begun) is var unhurried && IsSame(Run(unhurried))) plan = unhurried;
        for (var (size, before) = (SizeOf(plan), int.MaxValue); size < before; (size, before) = (SizeOf(plan), size))
        {
            plan = Reduce(plan, plan.Incidents, incidents => plan with { Incidents = incidents });
            plan = Reduce(plan, [.. plan.Only!], only => plan with { Only = only.ToHashSet() });
            plan = Reduce(plan, plan.Visits, visits => plan with { Visits = visits });
        }

        var smallest = Run(plan);
        Tell(smallest, output, runs);
        return smallest;

        SimulationResult Run(Plan one)
        {
            runs++;
            return SimulationRun.Of(one);
        }

        // What is left out one after the other, in ever smaller parts.
        Plan Reduce<T>(Plan start, IReadOnlyList<T> items, Func<IReadOnlyList<T>, Plan> with)
        {
            var (best, kept, most) = (start, items, runs + RunsMax);
            for (var parts = 2; kept.Count > 0 && runs < most;)
            {
                var size = Math.Max(1, (kept.Count + parts - 1) / parts);
                var smaller = Enumerable.Range(0, (kept.Count + size - 1) / size)
                    .Select(part => kept.Take(part * size).Concat(kept.Skip((part + 1) * size)).ToList())
                    .FirstOrDefault(rest => runs < most && IsSame(Run(with(rest))));
                if (smaller is not null) (best, kept, parts) = (with(smaller), smaller, Math.Max(2, parts - 1));
                else if (size == 1) break;
                else parts *= 2;
            }

            return best;
        }

        bool IsSame(SimulationResult result) => result.Violation is { } again && KindOf(again) == kind;
    }

    // Each visit at the time at which it has begun: none waits for one that is left out.
    private static Plan Unhurried(Plan plan, IReadOnlyDictionary<int, TimeSpan> begun) => plan with
    {
        Visits = [.. plan.Visits.Select(visit => visit with { At = begun.GetValueOrDefault(visit.Number, visit.At) })],
    };

    private static int SizeOf(Plan plan) => plan.Visits.Count + plan.Incidents.Count + plan.Only!.Count;

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
