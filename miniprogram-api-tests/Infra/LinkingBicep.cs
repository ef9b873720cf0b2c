using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pond.Tests.Infra;

/// <summary>What the Bicep compiler would say of names; the compiler itself runs in the workflow.</summary>
public sealed partial class LinkingBicep
{
    private static readonly BicepFile Main = BicepFile.Named("main.bicep");

    private static readonly string[] WordsOfTheLanguage =
    [
        "targetScope", "param", "var", "resource", "module", "output", "existing", "if", "for", "in", "true", "false",
        "null", "string", "int", "bool", "object",
    ];

    public static TheoryData<string> Files => [.. BicepFile.All.Select(file => file.Path)];

    [Fact]
    public void Every_module_gets_the_parameters_that_it_declares() => AssertNone(
        from module in Modules
        from finding in Differences(
            module.Statement.Name, Given(module.Statement), Names(module.File, "param"), Required(module.File))
        select finding);

    [Fact]
    public void Every_output_that_is_asked_for_is_declared() => AssertNone(
        from module in Modules
        from use in Regex.Matches(Main.Text, $@"\b{module.Statement.Name}\.outputs\.(\w+)")
        where !Names(module.File, "output").Contains(use.Groups[1].Value)
        select use.Value);

    [Fact]
    public void Every_file_is_used()
    {
        string[] used = ["infra/main.bicep", .. Main.Of("module").Select(module => "infra/" + module.Type)];

        Assert.Equal(BicepFile.All.Select(file => file.Path), used.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_name_that_is_used_is_declared_and_the_other_way_round(string path)
    {
        var file = BicepFile.All.Single(each => each.Path == path);
        var code = Code(file.Text);
        string[] declared = [.. file.Statements.Where(each => each.Keyword != "output").Select(each => each.Name)];
        string[] local = [.. LocalName().Matches(code).Select(match => match.Groups["name"].Value)];
        string[] used = [.. Use().Matches(Declaration().Replace(code, "")).Select(match => match.Value)];

        AssertNone(used.Except([.. declared, .. local, .. WordsOfTheLanguage]).Select(name => $"{name} is nowhere"));
        AssertNone(
            from name in declared
            where file.Of("param").Concat(file.Of("var")).Any(each => each.Name == name) && !used.Contains(name)
            select $"{name} is not used");
    }

    [Fact]
    public void Every_parameter_file_gives_what_main_needs_and_nothing_that_it_does_not_know()
    {
        Assert.NotEmpty(BicepFile.Parameters);
        AssertNone(
            from file in BicepFile.Parameters
            from finding in Differences(file.Path, Names(file, "param"), Names(Main, "param"), Required(Main))
            select finding);
        Assert.All(BicepFile.Parameters, file => Assert.Equal("main.bicep", file.Of("using").Single().Type));
    }

    [Fact]
    public void Azd_gives_what_main_needs_and_nothing_that_it_does_not_know()
    {
        using var file = JsonDocument.Parse(SourceTree.Text("infra/main.parameters.json"));
        string[] given = [.. file.RootElement.GetProperty("parameters").EnumerateObject().Select(each => each.Name)];

        AssertNone(Differences("main.parameters.json", given, Names(Main, "param"), Required(Main)));
    }

    private static IEnumerable<(BicepStatement Statement, BicepFile File)> Modules =>
        Main.Of("module").Select(module => (module, BicepFile.Named(module.Type)));

    private static string[] Names(BicepFile file, string keyword) => [.. file.Of(keyword).Select(each => each.Name)];

    private static string[] Required(BicepFile file) =>
        [.. file.Of("param").Where(param => param.Value is null).Select(param => param.Name)];

    private static string[] Given(BicepStatement module) =>
        ((BicepValue.Properties)module.Value!)["params"] is BicepValue.Properties given
            ? [.. given.All.Select(property => property.Name)]
            : [];

    private static IEnumerable<string> Differences(string where, string[] given, string[] known, string[] required) =>
    [
        .. given.Except(known).Select(name => $"{where}: {name} is given but not declared"),
        .. required.Except(given).Select(name => $"{where}: {name} is missing"),
    ];

    /// <summary>Without comments and without strings, of which only what is in <c>${}</c> stays.</summary>
    private static string Code(string text) => Text().Replace(
        Comment().Replace(text, ""),
        match => string.Concat(
            Interpolation().Matches(match.Value).Select(inner => $" {Code(inner.Groups[1].Value)} ")));

    private static void AssertNone(IEnumerable<string> findings) => Assert.Equal("", string.Join('\n', findings));

    [GeneratedRegex("(?m)(^|(?<=\\s))//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"'(?:\\.|\$\{(?:[^{}'}]|'[^']*')*\}|[^'\\])*'")]
    private static partial Regex Text();

    [GeneratedRegex(@"\$\{((?:[^{}']|'[^']*')*)\}")]
    private static partial Regex Interpolation();

    /// <summary>What only declares: the name of a statement, and that of a property before its colon.</summary>
    [GeneratedRegex(@"(?m)^\s*(param|var|resource|module|output)\s+\w+|(?<=(^|[{,])[ \t]*)\w+:(?=\s)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bfor (?<name>\w+) in\b|\b(?<name>\w+) =>")]
    private static partial Regex LocalName();

    [GeneratedRegex(@"(?<![.\w])[A-Za-z_]\w*(?![\w(])")]
    private static partial Regex Use();
}
