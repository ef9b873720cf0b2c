using System.Globalization;

namespace Pond.Tests.PlantedBugs;

/// <summary>The first seed that finds each planted bug, as the last search has written them down.</summary>
/// <remarks>
/// A change of the app or of the flows makes other worlds of the same seeds. Then some bugs are looked for from the first
/// seed on again, which takes longer: it is time for a new search.
/// </remarks>
internal static class FirstSeeds
{
    private const string File = "miniprogram-api-tests/PlantedBugs/first-seeds.tsv";
    private const char Tab = '\t';

    public static IReadOnlyDictionary<string, int> Read() => SourceTree.Text(File)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(Tab))
        .ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    public static void Write(IEnumerable<PlantedFinding> findings) => System.IO.File.WriteAllLines(
        Path.Combine(SourceTree.Root, File),
        findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Name}{Tab}{finding.Seed}"))
            .Order(StringComparer.Ordinal));
}
