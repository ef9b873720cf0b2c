using System.Globalization;

namespace Pond.Tests.PlantedBugs;

/// <summary>What came of looking for one bug.</summary>
/// <param name="Seed">The last that was tried: the one with the violation, if there is one.</param>
/// <param name="Calls">Of the visits of the last seed.</param>
/// <param name="Faults">That happened with the last seed.</param>
/// <param name="Hash">Of all that happened with the last seed.</param>
internal sealed record PlantedFinding(
    string Name, int Seed, int Ms, int Calls, int Faults, string Hash, string? Violation)
{
    private const char Tab = '\t';
    private const int CharsMax = 300;

    public static PlantedFinding Parse(string line)
    {
        var parts = line.Split(Tab, 7);
        int[] figures = [.. parts[1..5].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return new PlantedFinding(
            parts[0], figures[0], figures[1], figures[2], figures[3], parts[5], parts[6].Length == 0 ? null : parts[6]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}{Tab}{Seed}{Tab}{Ms}{Tab}{Calls}{Tab}{Faults}{Tab}{Hash}{Tab}{FirstLine()}");

    private string FirstLine() =>
        Violation?.ReplaceLineEndings(" / ") is { } line ? line[..Math.Min(line.Length, CharsMax)] : "";
}
