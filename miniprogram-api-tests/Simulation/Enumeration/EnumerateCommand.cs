using System.Diagnostics;
using System.Globalization;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>
/// The command "enumerate": every operation with every call going wrong in every way; with "--pairs" the most valuable
/// ones with every two. "--shard 0/2" takes half of the faults, and names of operations take only those.
/// </summary>
internal static class EnumerateCommand
{
    private const int PairsBetweenNews = 500;

    public static int Run(string[] args, TextWriter output)
    {
        var isOfPairs = args.Contains("--pairs");
        var at = Array.IndexOf(args, "--shard");
        int[] part = at < 0 ? [0, 1] : [.. args[at + 1].Split('/').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        string[] names = [.. args.Where((arg, index) => arg[0] != '-' && (at < 0 || index != at + 1))];
        var (trials, violations, start) = (0, 0, Stopwatch.GetTimestamp());
        foreach (var setting in isOfPairs ? OfPairs() : OfSingles())
        {
            if (names.Length > 0 && !names.Contains(setting.Operation)) continue;
            var enumerator = new Enumerator(
                setting, isOfPairs ? Scope.EveryDifference : Scope.Everything, part[0], part[1]);
            var figures = isOfPairs ? enumerator.Pairs(Tell(output)) : enumerator.Singles();
            foreach (var violation in figures.Violations) output.WriteLine($"  {violation}");
            output.WriteLine(figures);
            (trials, violations) = (trials + figures.Trials, violations + figures.Violations.Count);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{trials} trials in {seconds:F0} s, {trials / seconds:F1} a second, {violations} violations"));
        return violations == 0 ? 0 : 1;
    }

    // The ways in which an operation is tried: alone, with somebody to go on, and with nobody told.
    private static IEnumerable<Setting> OfSingles() =>
    [
        .. AllOperations.By.Keys.Select(name => new Setting(name)),
        .. AllOperations.By.Keys.Select(name => new Setting(name, Nodes: 2)),
        .. AllOperations.By.Keys.Select(name => new Setting(name, LosesMessages: true)),
    ];

    private static IEnumerable<Setting> OfPairs() => AllOperations.MostValuable.Select(name => new Setting(name));

    private static Action<PlannedCall, int> Tell(TextWriter output)
    {
        var next = PairsBetweenNews;
        return (first, trials) =>
        {
            if (trials < next) return;
            next = trials + PairsBetweenNews;
            output.WriteLine($"  {trials} trials, up to {first}");
        };
    }
}
