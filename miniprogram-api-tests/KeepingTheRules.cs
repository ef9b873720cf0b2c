using System.Reflection;
using System.Text.RegularExpressions;

namespace Pond.Tests;

/// <summary>The page of rules and the tests, held against each other: neither promises what the other does not.</summary>
public sealed partial class KeepingTheRules
{
    [Fact]
    public void Every_rule_of_the_page_has_a_test_and_every_test_s_rule_is_on_the_page() =>
        Assert.Equal("", string.Join('\n', Differences(SourceTree.Text("functions/RULES.md"), RulesOfTests())));

    [Fact]
    public void Every_rule_of_the_page_is_one_sentence_under_an_ID() => Assert.Equal(
        "",
        string.Join('\n',
            SourceTree.Text("functions/RULES.md").Split('\n')
                .Where(line => line.StartsWith('-') && !RuleLine().IsMatch(line))));

    [Theory]
    [InlineData("- **ABC-01** One.\n- **D07** Two.", "ABC-01 D07", "")]
    [InlineData("- **ABC-01** One.\n- **ABC-02** Two.", "ABC-01", "ABC-02 has no test")]
    [InlineData("- **ABC-01** One.", "ABC-01 ABC-02", "ABC-02 has no line on the page")]
    [InlineData("- **ABC-01** One.\n- **ABC-01** Two.", "ABC-01 ABC-01", "ABC-01 is on the page twice")]
    public void What_is_on_one_side_only_is_found(string page, string tested, string difference) =>
        Assert.Equal(difference, string.Join('\n', Differences(page, tested.Split(' '))));

    [Fact]
    public void Only_tests_say_which_rule_they_are_for() => Assert.Empty(
        from method in Methods()
        where method.IsDefined(typeof(RuleAttribute)) && !IsTest(method)
        select $"{method.DeclaringType!.Name}.{method.Name}");

    private static IEnumerable<string> Differences(string page, IReadOnlyCollection<string> tested)
    {
        string[] rules = [.. RuleLine().Matches(page).Select(line => line.Groups["id"].Value)];
        foreach (var twice in rules.GroupBy(id => id).Where(same => same.Count() > 1))
            yield return $"{twice.Key} is on the page twice";
        foreach (var untested in rules.Except(tested)) yield return $"{untested} has no test";
        foreach (var unsaid in tested.Except(rules)) yield return $"{unsaid} has no line on the page";
    }

    private static HashSet<string> RulesOfTests() =>
    [
        .. from test in Methods()
           where IsTest(test)
           from rule in test.GetCustomAttributes<RuleAttribute>()
               .Concat(test.DeclaringType!.GetCustomAttributes<RuleAttribute>())
           select rule.Id,
    ];

    private static IEnumerable<MethodInfo> Methods() => typeof(KeepingTheRules).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly));

    // One that is skipped holds the app to nothing.
    private static bool IsTest(MethodInfo method) => method.GetCustomAttribute<FactAttribute>() is { Skip: null };

    [GeneratedRegex(@"^- \*\*(?<id>[A-Z]{3,5}-\d\d|D\d\d)\*\* [A-Z][^.]*(\.[^ \n][^.]*)*\.$", RegexOptions.Multiline)]
    private static partial Regex RuleLine();
}
