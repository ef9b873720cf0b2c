using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Pond.Tests.Flavours;

/// <summary>A project as a flavour would build it. Nothing is restored or built for that.</summary>
internal sealed class EvaluatedProject
{
    private static readonly string[] Kinds =
    [
        "Compile", "None", "Content", "EmbeddedResource", "PackageReference", "PackageVersion", "ProjectReference",
        "Reference",
    ];

    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<EvaluatedProject>>> Known = new();

    private readonly JsonObject items;

    private EvaluatedProject(JsonObject items) => this.items = items;

    /// <summary>Source files, relative to the project.</summary>
    public string[] Sources => Identities("Compile");

    /// <summary>Every file that the project takes in, for whatever purpose.</summary>
    public string[] Files =>
        [.. Sources, .. Identities("None"), .. Identities("Content"), .. Identities("EmbeddedResource")];

    public string[] Packages => Identities("PackageReference");

    public string[] Projects => [.. Identities("ProjectReference").Select(path => Path.GetFileName(path))];

    /// <summary>Assemblies that are neither of a package nor of a project.</summary>
    public string[] Assemblies => [.. Identities("Reference").Select(path => Path.GetFileName(path))];

    /// <summary>The pinned versions, by package.</summary>
    public IReadOnlyDictionary<string, string> Pins =>
        Of("PackageVersion").ToDictionary(item => (string)item["Identity"]!, item => (string)item["Version"]!);

    /// <summary>Packages whose version is said where they are asked for, and not where all are.</summary>
    public IEnumerable<string> OwnVersions =>
        from item in Of("PackageReference")
        where item["Version"] is not null || item["VersionOverride"] is not null
        where item["IsImplicitlyDefined"] is null // the SDK's own
        select (string)item["Identity"]!;

    /// <summary>The project in a folder, evaluated once for all tests.</summary>
    public static Task<EvaluatedProject> Of(string folder, string flavour) =>
        Known.GetOrAdd((folder, flavour), _ => new(() => Evaluate(folder, flavour))).Value;

    private static async Task<EvaluatedProject> Evaluate(string folder, string flavour)
    {
        var (exitCode, output) = await Dotnet.Run(
            "msbuild", folder, $"-p:AzureSdk={flavour}", $"-getItem:{string.Join(',', Kinds)}");
        return exitCode == 0
            ? new(JsonNode.Parse(output)!["Items"]!.AsObject())
            : throw new InvalidOperationException(output);
    }

    private string[] Identities(string kind) =>
        [.. Of(kind).Select(item => ((string)item["Identity"]!).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private IEnumerable<JsonNode> Of(string kind) => items[kind]!.AsArray().Select(item => item!);
}
