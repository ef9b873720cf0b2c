namespace Pond.Tests.Benchmarks;

/// <summary>A drop of three processes on Azurite: there is one only where its SDK is.</summary>
internal static partial class DropOnAzurite
{
    public const string Option = "--azurite";

    /// <returns>0 when exactly as many were sold as there were.</returns>
    public static async Task<int> Run(DropOptions options, TextWriter output)
    {
        Task<int>? run = null;
        Begin(options, output, ref run);
        if (run is not null) return await run;
        await output.WriteLineAsync($"{Option} needs \"npm ci --prefix miniprogram-api-tests/azure\" before.");
        return 1;
    }

    static partial void Begin(DropOptions options, TextWriter output, ref Task<int>? run);
}
