using System.Diagnostics;

namespace Pond.Tests.StoreCopy;

/// <summary>What a run of the real command said and how it ended.</summary>
internal sealed record CopyProcess(int ExitCode, string Output, string Error)
{
    /// <summary>A run that has not ended by then never will.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the app's program with these arguments, as <c>dotnet run</c> does.</summary>
    /// <param name="folder">Where it runs, and where its data folder is.</param>
    public static async Task<CopyProcess> Run(
        string folder, string[] args, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Composition).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["Pond__DataPath"] = Path.Combine(folder, "data");
        foreach (var (key, value) in settings ?? new Dictionary<string, string>()) start.Environment[key] = value;

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeLimit);
        }
        catch
        {
            process.Kill();
            throw;
        }

        return new CopyProcess(process.ExitCode, await output, await error);
    }

    /// <summary>It failed, and said why in one line for people.</summary>
    public void AssertRefused(string reason)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(reason, Assert.Single(Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }
}
