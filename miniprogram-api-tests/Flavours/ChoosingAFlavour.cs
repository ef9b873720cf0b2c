using System.Text.RegularExpressions;

namespace Pond.Tests.Flavours;

/// <summary>
/// The flavours are the same sources but for the folders that the build names, and their packages are pinned.
/// </summary>
public sealed partial class ChoosingAFlavour
{
    private static readonly string[] Embedded =
        ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core"];

    private static readonly string[] Deployed =
    [
        "Azure.Core", "Azure.Data.Tables", "Azure.Identity", "Azure.Storage.Queues",
        "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer", "Microsoft.Azure.Functions.Worker.Sdk",
    ];

    private static readonly string[] SharedAssemblies =
        ["Azure.Data.Tables.dll", "Azure.Storage.Common.dll", "Azure.Storage.Queues.dll", "System.IO.Hashing.dll"];

    [Theory]
    [InlineData("none", "Platform/Azure/")]
    [InlineData("npm")]
    [InlineData("nuget", "Platform/Local/", "Platform/Sqlite/")]
    public async Task A_flavour_leaves_out_whole_folders_and_nothing_else(string flavour, params string[] folders)
    {
        var app = await EvaluatedProject.Of("functions", flavour);
        var left = SourcesOfTheApp.Except(app.Sources).ToArray();

        Assert.Equal(app.Sources, SourcesOfTheApp.Except(left));
        Assert.Equal(SourcesOfTheApp.Where(file => folders.Any(file.StartsWith)), left);
        Assert.All(folders, folder => Assert.Contains(left, file => file.StartsWith(folder, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_flavour_has_the_packages_of_its_host_and_store_beside_those_of_all()
    {
        var none = await EvaluatedProject.Of("functions", "none");
        var npm = await EvaluatedProject.Of("functions", "npm");
        var nuget = await EvaluatedProject.Of("functions", "nuget");

        Assert.Equal(Embedded, none.Packages.Except(nuget.Packages));
        Assert.Equal(Deployed, nuget.Packages.Except(none.Packages));
        Assert.Equal(["Azure.Core", "Azure.Identity"], npm.Packages.Except(none.Packages));
        Assert.Empty(none.Packages.Except(npm.Packages));
        Assert.Equal(["LocalHost.csproj"], none.Projects);
        Assert.Equal(["LocalHost.csproj"], npm.Projects);
        Assert.Empty(nuget.Projects);
        Assert.Equal(SharedAssemblies, npm.Assemblies);
        Assert.Empty(none.Assemblies.Concat(nuget.Assemblies));
    }

    [Theory]
    [InlineData("functions", "none")]
    [InlineData("functions", "npm")]
    [InlineData("functions", "nuget")]
    [InlineData("localhost", "none")]
    [InlineData("miniprogram-api-tests", "npm")]
    public async Task Every_package_has_one_exact_version_in_one_file(string folder, string flavour)
    {
        var project = await EvaluatedProject.Of(folder, flavour);

        Assert.Empty(project.Packages.Except(project.Pins.Keys));
        Assert.Empty(project.OwnVersions);
        Assert.All(project.Pins.Values, version => Assert.Matches(Exact(), version));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("npm")]
    public async Task What_npm_installs_is_nobody_s_source(string flavour)
    {
        var tests = await EvaluatedProject.Of("miniprogram-api-tests", flavour);

        Assert.Contains("azure/package-lock.json", tests.Files);
        Assert.DoesNotContain(tests.Files, file => file.Contains("node_modules", StringComparison.Ordinal));
    }

    private static string[] SourcesOfTheApp =>
    [
        .. from file in Directory.EnumerateFiles(AppFolder, "*.cs", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(AppFolder, file).Replace('\\', '/')
           where name.Split('/')[0] is not ("bin" or "obj")
           orderby name
           select name,
    ];

    private static string AppFolder => Path.Combine(SourceTree.Root, "functions");

    [GeneratedRegex(@"^\d+(\.\d+){2,3}\z")]
    private static partial Regex Exact();
}
