using System.Diagnostics;

namespace Pond.Tests.Flavours;

/// <summary>The SDK's command line, run on this repository.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>All that it printed, beside its exit code.</returns>
    public static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = SourceTree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" }, // nothing of it stays behind
        })!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(TimeLimit);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
