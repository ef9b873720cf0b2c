using Pond.Tests.Benchmarks;

if (args is not ["bench", "store"])
{
    await Console.Error.WriteLineAsync("Usage: bench store");
    return 1;
}

await StoreBenchmark.Run(Console.Out);
return 0;
