using Pond.Tests.Benchmarks;
using Pond.Tests.OpenApi;
using Pond.Tests.PlantedBugs;
using Pond.Tests.Simulation;
using Pond.Tests.Simulation.Enumeration;

// The tests run by "dotnet test"; these are the tools beside them.
switch (args)
{
    case ["openapi"]:
        return await ApiDescription.Write();
    case ["bench", "store"]:
        await StoreBenchmark.Run(Console.Out);
        return 0;
    case ["bench", "api"]:
        await ApiBenchmark.Run(Console.Out);
        return 0;
    case ["bench", "drop", DropOnAzurite.Option, .. var rest] when DropOptions.Of(rest) is { } options:
        return await DropOnAzurite.Run(options, Console.Out);
    case ["bench", "drop", .. var rest] when DropOptions.Of(rest) is { } options:
        return await DropBenchmark.Run(options, Console.Out);
    case ["simulate", .. var rest] when SimulateOptions.Of(rest) is { } options:
        return await SimulateCommand.Run(options, Console.Out);
    case ["enumerate", .. var rest]:
        return EnumerateCommand.Run(rest, Console.Out);
    case ["planted"]:
        return await PlantedCommand.Run(Console.Out);
    case ["planted", "shrink", .. var names]:
        return await PlantedCommand.Shrink(names, Console.Out);
    case ["planted", "search"]:
        return PlantedSearch.Run(Console.In, Console.Out);
    default:
        await Console.Error.WriteLineAsync(
            $"Usage: openapi | bench store | bench api | {DropBenchmark.Usage} | {SimulateOptions.Usage} | enumerate [--pairs] | planted [shrink]");
        return 1;
}
