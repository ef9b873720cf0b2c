using System.Diagnostics;
using System.Globalization;

namespace Pond.Tests.Simulation;

/// <summary>The command "simulate": many seeds in several processes, what went wrong, and what was found.</summary>
internal static class SimulateCommand
{
    private const char News = '#';
    private const char Count = '~';

    /// <returns>0 when nothing was found.</returns>
    public static async Task<int> Run(SimulateOptions options, TextWriter output)
    {
        var begun = Stopwatch.GetTimestamp();
        var figures = options.Processes > 1
            ? await InProcesses(options, output)
            : RunSeeds(options, output, () => Stopwatch.GetElapsedTime(begun));
        if (options.IsQuiet)
        {
            await output.WriteLineAsync(figures.Write());
            return 0;
        }

        foreach (var line in figures.Summary(Stopwatch.GetElapsedTime(begun).TotalSeconds))
            await output.WriteLineAsync(line);
        if (figures.Violations.Count > 0 && options.Shrinks)
            Shrinker.Shrink(Plan.Of(figures.Violations.First().Key, SimulationRun.Weights), output);
        return figures.Violations.Count == 0 ? 0 : 1;
    }

    private static SimulationFigures RunSeeds(SimulateOptions options, TextWriter output, Func<TimeSpan> elapsed)
    {
        var figures = new SimulationFigures();
        for (var seed = options.From; figures.Seeds < (options.Seeds ?? int.MaxValue); seed += (ulong)options.Step)
        {
            if (elapsed().TotalMinutes > options.Minutes) break;
            var result = SimulationRun.Of(
                Plan.Of(seed, SimulationRun.Weights), options.Trace ? output.WriteLine : null);
            figures.Add(result);
            if (result.Violation is not null) output.WriteLine($"{(options.IsQuiet ? $"{News} " : "")}seed {seed}: {result.Replay}");
            if (options.IsQuiet) output.WriteLine($"{Count}{figures.Seeds}");
            else Tell(output, figures.Seeds, elapsed());
        }

        using var self = Process.GetCurrentProcess();
        figures.CpuSeconds = self.TotalProcessorTime.TotalSeconds;
        return figures;
    }

    /// <summary>The same in processes side by side.</summary>
    public static async Task<SimulationFigures> InProcesses(SimulateOptions options, TextWriter output)
    {
        var (begun, seeds) = (Stopwatch.GetTimestamp(), new int[options.Processes]);
        var parts = await Task.WhenAll(seeds.Select((_, number) => RunPart(options, number, output, done =>
        {
            Volatile.Write(ref seeds[number], done);
            Tell(output, seeds.Sum(), Stopwatch.GetElapsedTime(begun));
        })));
        var all = new SimulationFigures();
        foreach (var part in parts) all.Add(part);
        return all;
    }

    // The line is written over and over: only who sits before it wants to see it.
    private static void Tell(TextWriter output, int seeds, TimeSpan elapsed)
    {
        if (!Console.IsOutputRedirected) output.Write($"\r{seeds} seeds, {elapsed:hh\\:mm\\:ss}\r");
    }

    private static async Task<SimulationFigures> RunPart(
        SimulateOptions options, int number, TextWriter output, Action<int> progressed)
    {
        List<string> arguments =
        [
            typeof(SimulateCommand).Assembly.Location, "simulate", "--quiet",
            "--from", Text(options.From + (ulong)number), "--step", Text((ulong)options.Processes),
        ];
        if (options.Seeds is { } seeds) arguments.AddRange(["--seeds", Text((ulong)Share(seeds, number, options.Processes))]);
        if (options.Minutes is { } minutes) arguments.AddRange(["--minutes", minutes.ToString(CultureInfo.InvariantCulture)]);
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        OneThread.Prepare(start);
        using var process = Process.Start(start)!;
        var last = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line[0] == News) await output.WriteLineAsync(line);
            else if (line[0] == Count) progressed(int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture));
            else last = line;
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? SimulationFigures.Read(last)
            : throw new InvalidOperationException($"A process ended with {process.ExitCode}.");
    }

    private static int Share(int seeds, int number, int processes) =>
        (seeds / processes) + (number < seeds % processes ? 1 : 0);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
