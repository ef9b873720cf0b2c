using System.Diagnostics;
using System.Globalization;

namespace Pond.Tests.Simulation;

/// <summary>The command "simulate": many seeds, and what was found.</summary>
internal static class SimulateCommand
{
    public static int Run(string[] args, TextWriter output)
    {
        var from = ulong.Parse(args[0], CultureInfo.InvariantCulture);
        var count = int.Parse(args[1], CultureInfo.InvariantCulture);
        var tell = args.Length > 2;
        var start = Stopwatch.GetTimestamp();
        long requests = 0, operations = 0, steps = 0;
        for (var seed = from; seed < from + (ulong)count; seed++)
        {
            var result = SimulationRun.Of(Plan.Of(seed, SimulationRun.Weights), tell ? output.WriteLine : null);
            requests += result.Requests;
            operations += result.StoreOperations;
            steps += result.Steps;
            output.WriteLine($"{seed} {result.Hash} {result.Requests} {result.StoreOperations} {result.Violation}");
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(
            $"{count / seconds:F1} seeds/s, {requests / seconds:F0} requests/s, {operations / seconds:F0} store operations/s, {steps / seconds:F0} steps/s");
        return 0;
    }
}
