using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

/// <summary>Hosts that start together read the same methods for the first time together.</summary>
public sealed class ReadingFunctionsAtOnce
{
    private const int Readers = 4;
    private const int Methods = 1_000;

    [Fact]
    public async Task Each_finds_the_trigger_among_the_parameters()
    {
        var configuration = new ConfigurationBuilder().Build();
        using var together = new Barrier(Readers);
        var type = typeof(int);
        for (var number = 0; number < Methods; number++)
        {
            type = number % 100 == 0 ? Some(number / 100) : type.MakeArrayType(); // each a class that nobody has read yet
            var unread = typeof(Sample<>).MakeGenericType(type);
            var catalogs = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return FunctionCatalog.Read([unread], "api", configuration);
                },
                TaskCreationOptions.LongRunning)));
            Assert.All(catalogs, catalog => Assert.Single(catalog.All));
        }
    }

    private static Type Some(int number) => new[]
    {
        typeof(byte), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal),
        typeof(char), typeof(bool), typeof(string),
    }[number];

    /// <summary>A function of a class that can be made anew for each type.</summary>
    public sealed class Sample<T>
    {
        [Function("Sample")]
        public void Run([QueueTrigger("samples")] string body) => _ = (body, typeof(T));
    }
}
