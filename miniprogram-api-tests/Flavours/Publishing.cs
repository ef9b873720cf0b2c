namespace Pond.Tests.Flavours;

/// <summary>Only the flavour with the real worker is fit for Azure, so that no other can be published.</summary>
public sealed class Publishing : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pond-publish-").FullName;

    [Theory]
    [InlineData("none", "--no-restore")]
    [InlineData("npm", "--no-restore")]
    [InlineData("npm", "--no-build")]
    public async Task What_has_the_local_host_in_it_is_refused_before_it_is_built(string flavour, string option)
    {
        var (exitCode, output) = await Dotnet.Run(
            "publish", "functions", option, $"-p:AzureSdk={flavour}", $"-p:PublishDir={folder}/");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("This build has the local host in it, not the Functions worker.", output);
        Assert.Contains("dotnet publish functions -p:AzureSdk=nuget", output);
        Assert.DoesNotContain("Pond.dll", output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task MSBuild_s_own_publish_is_refused_too()
    {
        var (exitCode, output) = await Dotnet.Run(
            "msbuild", "functions", "-t:Publish", "-p:NoBuild=true", "-p:AzureSdk=npm", $"-p:PublishDir={folder}/");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("This build has the local host in it, not the Functions worker.", output);
    }

    [Fact]
    public async Task What_the_Functions_tools_build_is_refused_too()
    {
        var (exitCode, output) = await Dotnet.Run(
            "build", "functions", "--no-restore", "--output", $"{folder}/bin/publish", "-p:AzureSdk=npm");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("This build has the local host in it, not the Functions worker.", output);
        Assert.False(File.Exists($"{folder}/bin/publish/Pond.dll"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
