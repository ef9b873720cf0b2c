using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pond.Platform;

namespace Pond.Tests.Infra;

/// <summary>A setting has one name: in the app, the sample, Azure and both READMEs.</summary>
public sealed partial class NamingSettings
{
    private const string Sample = "local.settings.sample.json";
    private const string Bicep = "infra/functionApp.bicep";
    private const string English = "README.md";
    private const string Chinese = "README.zh-CN.md";

    private static readonly string[] Places = [Sample, Bicep, English, Chinese];

    /// <summary>Keys that no options of the app have, or that not every place names, and why.</summary>
    private static readonly (string Key, string[] In, string Why)[] Exceptions =
    [
        ("FUNCTIONS_WORKER_RUNTIME", [Sample], "the Functions tools ask for it; in Azure it is in functionAppConfig"),
        ("AzureWebJobsStorage", [Sample], "the host's own account, with a key; in Azure the three below, by identity"),
        ("AzureWebJobsStorage__blobServiceUri", [Bicep], "the host's own account"),
        ("AzureWebJobsStorage__credential", [Bicep], "the host's own account"),
        ("AzureWebJobsStorage__clientId", [Bicep], "the host's own account"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", [Bicep], "the host sends telemetry, the app does not"),
        ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", [Bicep], "the host sends telemetry, the app does not"),
        ("Pond__DataPath", [Sample, English, Chinese], "the embedded store, which Azure has no disk for"),
        ("WeChatSandbox__Port", [English, Chinese], "the sandbox is of the local host, and its port need not be set"),
        ("PondStorage", [Sample, English, Chinese], "a connection string holds a key, and in Azure keys are off"),
        ("PondStorage__accountName", [Sample, English, Chinese], "in Azure two addresses, which any cloud has"),
    ];

    public static TheoryData<string> AllPlaces => [.. Places];

    [Theory, MemberData(nameof(AllPlaces))]
    public void Every_place_names_the_settings_of_the_app_and_no_others(string place)
    {
        string[] due =
        [
            .. OfTheApp.Except(Exceptions.Select(each => each.Key), StringComparer.OrdinalIgnoreCase),
            .. Exceptions.Where(each => each.In.Contains(place)).Select(each => each.Key),
        ];
        string[] found = [.. Named(place).Select(AnyIndex)];

        AssertNone(
        [
            .. due.Except(found, StringComparer.OrdinalIgnoreCase).Select(key => $"{key} is missing"),
            .. found.Except(due, StringComparer.OrdinalIgnoreCase).Select(key => $"{key} is nobody's setting"),
        ]);
    }

    [Fact]
    public void Every_class_of_options_is_found()
    {
        string[] classes =
        [
            .. typeof(Composition).Assembly.GetTypes()
                .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)).Select(type => type.Name),
        ];

        Assert.Equal(
            classes.Order(StringComparer.Ordinal),
            Bound.Select(each => each.Type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_secret_is_in_the_vault_and_nothing_else_is() => AssertNone(
        from setting in InBicep
        let isReference = setting.Value is BicepValue.Expression { Source: var source }
            && VaultReference().IsMatch(source)
        where isReference != SecretName().IsMatch(setting.Name)
        select setting.Name);

    [Fact]
    public void The_README_of_infra_tells_of_every_secret_of_the_vault()
    {
        var readme = SourceTree.Text("infra/README.md");
        var names = InBicep.Select(setting => setting.Value).OfType<BicepValue.Expression>()
            .Select(value => VaultReference().Match(value.Source)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.Equal(12, names.Count);
        AssertNone(names.Where(name => !readme.Contains($"`{Unfilled().Replace(name, "<id>")}`")));
    }

    /// <summary>Keys of all options, with 0 for every index.</summary>
    private static IEnumerable<string> OfTheApp => Bound.SelectMany(each => Keys(each.Type, each.Section))
        .Select(key => key == $"{PondStorageOptions.Section}__{nameof(PondStorageOptions.ConnectionString)}"
            ? PondStorageOptions.Section // it is the value of the section itself
            : key);

    private static IEnumerable<(Type Type, string Section)> Bound =>
    [
        .. from path in SourceTree.Files("functions", "*.cs")
           from bound in BoundOptions().Matches(SourceTree.Text(path))
           let type = typeof(Composition).Assembly.GetTypes().Single(each => each.Name == bound.Groups["type"].Value)
           select (type, bound.Groups["section"] is { Success: true } section ? section.Value : SectionOf(type)),
        (typeof(PondStorageOptions), PondStorageOptions.Section),
    ];

    private static string SectionOf(Type options) => (string)options.GetField("Section")!.GetRawConstantValue()!;

    private static IEnumerable<string> Keys(Type type, string start) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        let key = $"{start}__{property.Name}"
        let isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IList))
        from each in isList ? Keys(property.PropertyType.GetGenericArguments().Single(), key + "__0") : [key]
        select each;

    private static IEnumerable<string> Named(string place) => place switch
    {
        Sample => InSample(),
        Bicep => InBicep.Select(setting => setting.Name),
        _ => SettingsTable().Match(SourceTree.Text(place)) is { Success: true } table
            ? CodeInFirstColumn().Matches(table.Value).Select(match => match.Groups["key"].Value)
            : throw new InvalidOperationException($"{place} has no table of settings."),
    };

    private static IEnumerable<string> InSample()
    {
        using var sample = JsonDocument.Parse(SourceTree.Text(Sample));
        return [.. sample.RootElement.GetProperty("Values").EnumerateObject().Select(each => each.Name)];
    }

    /// <summary>What <c>union(…)</c> makes the app settings of.</summary>
    private static IEnumerable<BicepProperty> InBicep
    {
        get
        {
            var file = BicepFile.Named("functionApp.bicep");
            var made = ((BicepValue.Properties)file.Resource("appSettings").Value!)["properties"];
            var names = AnyWord().Matches(((BicepValue.Expression)made!).Source).Select(match => match.Value);
            return file.Of("var").Where(variable => names.Contains(variable.Name))
                .SelectMany(variable => ((BicepValue.Properties)variable.Value!).All);
        }
    }

    private static string AnyIndex(string key) => Index().Replace(key, "__0__");

    private static void AssertNone(IEnumerable<string> findings) => Assert.Equal("", string.Join('\n', findings));

    [GeneratedRegex("""\bBound<(?<type>\w+)>\(("(?<section>\w+)"|\k<type>\.Section)""")]
    private static partial Regex BoundOptions();

    [GeneratedRegex(@"__\d+__")]
    private static partial Regex Index();

    [GeneratedRegex("(Secret|Token|(?<!Public)Key)$")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^'@Microsoft\.KeyVault\(SecretUri=\$\{secrets\}/(?<name>[^)]+)\)'$")]
    private static partial Regex VaultReference();

    [GeneratedRegex(@"\$\{\w+\}")]
    private static partial Regex Unfilled();

    [GeneratedRegex(@"\w+")]
    private static partial Regex AnyWord();

    /// <summary>The first table under the heading.</summary>
    [GeneratedRegex(@"(?<=\n## (Settings|设置)\n(?:(?!\n## )[\s\S])*?\n)\|[^\n]*\n\|---[^\n]*\n(\|[^\n]*\n)+")]
    private static partial Regex SettingsTable();

    [GeneratedRegex(@"(?m)(?<=^\|[^|\n]*)`(?<key>[^`]+)`")]
    private static partial Regex CodeInFirstColumn();
}
