namespace Pond.Tests.Simulation;

/// <summary>Makes a failing plan smaller for as long as it still fails: fewer visits, fewer faults.</summary>
/// <remarks>
/// Delta debugging (Zeller and Hildebrandt, 2002): halves are left out, then quarters, down to single ones.
/// </remarks>
internal static class Shrinker
{
    private const int RunsMax = 600;

    /// <summary>The smallest plan that was found, told as it is.</summary>
    public static Plan Shrink(Plan plan, TextWriter output)
    {
        var runs = 0;
        if (Run(plan) is not { Violation: { } violation } first)
        {
            output.WriteLine($"Seed {plan.Seed} does not fail.");
            return plan;
        }

        var kind = KindOf(violation);
        plan = plan with { Only = first.Struck.ToHashSet() };
        plan = Reduce(plan, plan.Visits, visits => plan with { Visits = visits });
        plan = Reduce(plan, plan.Incidents, incidents => plan with { Incidents = incidents });
        plan = Reduce(plan, [.. plan.Only!], only => plan with { Only = only.ToHashSet() });
        plan = Reduce(plan, plan.Visits, visits => plan with { Visits = visits });
        Tell(plan, Run(plan), output, runs);
        return plan;

        SimulationResult Run(Plan one)
        {
            runs++;
            return SimulationRun.Of(one);
        }

        // What is left out one after the other, in ever smaller parts.
        Plan Reduce<T>(Plan start, IReadOnlyList<T> items, Func<IReadOnlyList<T>, Plan> with)
        {
            var (best, kept) = (start, items);
            for (var parts = 2; kept.Count > 0 && runs < RunsMax;)
            {
                var size = Math.Max(1, (kept.Count + parts - 1) / parts);
                var smaller = Enumerable.Range(0, (kept.Count + size - 1) / size)
                    .Select(part => kept.Take(part * size).Concat(kept.Skip((part + 1) * size)).ToList())
                    .FirstOrDefault(rest => runs < RunsMax && IsSame(Run(with(rest))));
                if (smaller is not null) (best, kept, parts) = (with(smaller), smaller, Math.Max(2, parts - 1));
                else if (size == 1) break;
                else parts *= 2;
            }

            return best;
        }

        bool IsSame(SimulationResult result) => result.Violation is { } again && KindOf(again) == kind;
    }

    // The same check or flow; ids and figures differ from run to run.
    private static string KindOf(string violation) =>
        string.Concat(violation.Split(':', '\n', '(')[0].Where(letter => !char.IsDigit(letter)));

    private static void Tell(Plan plan, SimulationResult result, TextWriter output, int runs)
    {
        output.WriteLine(
            $"Seed {plan.Seed} in {runs} runs: {plan.Visits.Count} visits, {result.Requests} requests, "
            + $"{result.Struck.Count + plan.Incidents.Count} faults");
        foreach (var visit in plan.Visits) output.WriteLine($"  {visit}");
        foreach (var incident in plan.Incidents) output.WriteLine($"  {incident}");
        foreach (var fault in result.Struck) output.WriteLine($"  {fault}");
        output.WriteLine(result.Violation);
    }
}
