using System.Globalization;

namespace Pond.Tests.PlantedBugs;

/// <summary>What a process is asked to look for.</summary>
/// <param name="Name">Of the bug.</param>
/// <param name="Known">The seed that has found it before, which is tried first; 0 for none.</param>
/// <param name="SeedsMax">How many seeds it gets otherwise, from the first on.</param>
/// <param name="Shrinks">Whether what fails is made smaller.</param>
internal sealed record PlantedQuest(string Name, int Known, int SeedsMax, bool Shrinks = false)
{
    private const char Tab = '\t';

    /// <summary>In the order in which they are tried.</summary>
    public IEnumerable<int> Seeds => Enumerable.Range(1, SeedsMax).Where(seed => seed != Known)
        .Prepend(Known).Where(seed => seed > 0);

    public static PlantedQuest Parse(string line)
    {
        var parts = line.Split(Tab);
        return new PlantedQuest(
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            bool.Parse(parts[3]));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}{Tab}{Known}{Tab}{SeedsMax}{Tab}{Shrinks}");
}
