using System.Text.RegularExpressions;

namespace Pond.Tests.Http;

/// <summary>The corpus of bad input is as large as it is said to be, and all of it is run.</summary>
public sealed partial class CountingTheCorpus
{
    private const int CasesMin = 3_000;

    [Fact]
    public void Of_every_sort_of_bad_input_there_are_cases_and_thousands_in_all()
    {
        foreach (var kind in HostileCorpus.Floors.GroupBy(each => each.Value.Kind).OrderBy(each => each.Key))
            Console.WriteLine($"{kind.Key}: {kind.Sum(each => each.Value.CasesMin)} cases at least, of {kind.Count()} sorts");
        Console.WriteLine($"All: {HostileCorpus.CasesMin} cases at least");

        Assert.Equal(Enum.GetValues<BadInput>(), HostileCorpus.Floors.Values.Select(floor => floor.Kind).Distinct().Order());
        Assert.InRange(HostileCorpus.CasesMin, CasesMin, int.MaxValue);
    }

    /// <summary>A test counts what it sends, and fails below the floor: so each floor needs a test of its name.</summary>
    [Fact]
    public void Every_floor_has_a_test_and_every_test_a_floor()
    {
        string[] counted =
        [
            .. from file in SourceTree.Files("miniprogram-api-tests", "*.cs")
               from Match match in Counted().Matches(SourceTree.Text(file))
               select match.Groups["about"].Value,
        ];

        Assert.Equal(HostileCorpus.Floors.Keys.Order(StringComparer.Ordinal), counted.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""(?:new HostileCases\("(?<about>[^"]+)"\)|await Refuse\("(?<about>[^"]+)", field)""")]
    private static partial Regex Counted();
}
