
namespace Pond.Tests.Infra;

/// <summary>A file of infra/ and what it declares.</summary>
public sealed class BicepFile(string path, string text)
{
    /// <summary>All of infra/.</summary>
    public static IReadOnlyList<BicepFile> All { get; } =
        [.. SourceTree.Files("infra", "*.bicep").Select(path => new BicepFile(path, SourceTree.Text(path)))];

    /// <summary>The parameter files beside them.</summary>
    public static IReadOnlyList<BicepFile> Parameters { get; } =
        [.. SourceTree.Files("infra", "*.bicepparam").Select(path => new BicepFile(path, SourceTree.Text(path)))];

    public string Path => path;

    public string Text => text;

    public IReadOnlyList<BicepStatement> Statements { get; } = new BicepReader(path, text).Statements();

    /// <summary>The one of infra/ with that name, as <c>storage.bicep</c>.</summary>
    public static BicepFile Named(string name) => All.Single(file => file.Path == "infra/" + name);

    public IEnumerable<BicepStatement> Of(string keyword) =>
        Statements.Where(statement => statement.Keyword == keyword);

    public BicepStatement Resource(string name) => Of("resource").Single(resource => resource.Name == name);

    /// <summary>The value of a variable.</summary>
    public BicepValue Variable(string name) => Of("var").Single(variable => variable.Name == name).Value!;

    /// <summary>A value, or what the variable holds when it is just the name of one.</summary>
    public BicepValue Resolved(BicepValue value) =>
        value is BicepValue.Expression { Source: var name } && Of("var").Any(variable => variable.Name == name)
            ? Variable(name)
            : value;
}
