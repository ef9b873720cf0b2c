using Pond.Tests.Benchmarks;

switch (args)
{
    case ["bench", "store"]:
        await StoreBenchmark.Run(Console.Out);
        return 0;
    case ["bench", "api"]:
        await ApiBenchmark.Run(Console.Out);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Usage: bench store | bench api");
        return 1;
}
