namespace Pond.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run this inside the repository.");
        return folder.FullName;
    }
}
