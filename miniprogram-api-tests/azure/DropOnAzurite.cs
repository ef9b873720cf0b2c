using System.Globalization;
using System.Net;
using Pond.Tests.Azure;

namespace Pond.Tests.Benchmarks;

/// <summary>Processes, Azurite and callers share the cores; a proxy stands between, which counts conflicts.</summary>
internal static partial class DropOnAzurite
{
    static partial void Begin(DropOptions options, TextWriter output, ref Task<int>? run) => run = Play(options, output);

    private static async Task<int> Play(DropOptions options, TextWriter output)
    {
        await using var proxy = await StorageProxy.Start();
        var three = new ThreeProcesses
        {
            OpenAccount = () => Task.FromResult(new AzuriteAccount(proxy.Connection)),
            CrowdSize = options.Members,
        };
        await three.InitializeAsync();
        try
        {
            var (crowd, rush) = (await three.Crowd(), await DropRush.Publish(three, options.Pieces, options.Shards));
            var before = proxy.Conflicts;
            var claims = await rush.Run(crowd, options.Callers);
            var conflicts = proxy.Conflicts - before;

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Pieces} pieces in {options.Shards} shards, {options.Members} members, {options.Callers} callers, {Fleet.Size} processes"));
            var won = claims.ToLookup(one => one.Claim.Status is HttpStatusCode.Accepted, one => one.Ms);
            await DropBenchmark.ReportRush(output, rush.Seconds, [.. won[true]], [.. won[false]], conflicts);
            await rush.AssertSoldOut([.. claims.Select(one => one.Claim)], options.Pieces);
            await output.WriteLineAsync("exactly as many as there were, each with an order");
            return 0;
        }
        finally
        {
            await three.DisposeAsync();
        }
    }
}
