using System.Globalization;
using System.Text.Json;

namespace Pond.Tests.Simulation;

/// <summary>What many seeds came to; processes hand it on as a line of JSON.</summary>
internal sealed class SimulationFigures
{
    public int Seeds { get; set; }

    public long Requests { get; set; }

    public long StoreOperations { get; set; }

    /// <summary>Of the processor, all threads together.</summary>
    public double CpuSeconds { get; set; }

    public SortedDictionary<FaultKind, long> Hits { get; set; } = [];

    public SortedDictionary<ulong, string> Violations { get; set; } = [];

    /// <summary>The trace of each seed as its hash.</summary>
    public SortedDictionary<ulong, string> Hashes { get; set; } = [];

    public static SimulationFigures Read(string json) => JsonSerializer.Deserialize<SimulationFigures>(json)!;

    public string Write() => JsonSerializer.Serialize(this);

    public void Add(SimulationResult result)
    {
        Seeds++;
        Requests += result.Requests;
        StoreOperations += result.StoreOperations;
        foreach (var (kind, hits) in result.Hits) Hits[kind] = Hits.GetValueOrDefault(kind) + hits;
        Hashes[result.Plan.Seed] = result.Hash;
        if (result.Violation is { } violation) Violations[result.Plan.Seed] = violation;
    }

    public void Add(SimulationFigures other)
    {
        (Seeds, Requests, StoreOperations, CpuSeconds) = (
            Seeds + other.Seeds, Requests + other.Requests, StoreOperations + other.StoreOperations,
            CpuSeconds + other.CpuSeconds);
        foreach (var (kind, hits) in other.Hits) Hits[kind] = Hits.GetValueOrDefault(kind) + hits;
        foreach (var (seed, hash) in other.Hashes) Hashes[seed] = hash;
        foreach (var (seed, violation) in other.Violations) Violations[seed] = violation;
    }

    /// <summary>For people.</summary>
    /// <param name="seconds">By the clock on the wall.</param>
    public IEnumerable<string> Summary(double seconds)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Seeds} seeds in {seconds:F0} s, {CpuSeconds:F0} s of processor: {Requests} requests, {StoreOperations} store operations");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests / CpuSeconds:F0} requests and {StoreOperations / CpuSeconds:F0} store operations a second of processor");
        foreach (var kind in Enum.GetValues<FaultKind>()) yield return $"  {Hits.GetValueOrDefault(kind),9} {kind}";
        foreach (var (seed, violation) in Violations) yield return $"VIOLATION at seed {seed}: {violation}";
        yield return $"{Violations.Count} violations";
    }
}
