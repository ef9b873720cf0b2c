using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Pond.Tests.Azure;

/// <summary>
/// A real Table and Queue service on free ports of this machine, for all tests of one run, with an account for each
/// that asks.
/// </summary>
public sealed partial class Azurite : IDisposable
{
    private const int AccountsMax = 400;

    private static readonly TimeSpan StartTimeLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<Azurite>> One = new(() => Start());

    private readonly ConcurrentQueue<string> accounts;

    private readonly string? folder;
    private readonly Process process;

    private Azurite(Process process, string? folder, Uri tables, Uri queues, IEnumerable<string> accounts)
    {
        (this.process, this.folder, Tables, Queues) = (process, folder, tables, queues);
        this.accounts = new(accounts);
    }

    /// <summary>The one that tests share.</summary>
    public static Task<Azurite> Shared => One.Value;

    public Uri Tables { get; }

    public Uri Queues { get; }

    /// <summary>Key of every account.</summary>
    public static string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    /// <summary>The connection string of an account that nobody else has.</summary>
    public string NewAccount() => accounts.TryDequeue(out var name)
        ? $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key};" +
            $"TableEndpoint={Tables}{name};QueueEndpoint={Queues}{name}"
        : throw new InvalidOperationException($"All {AccountsMax} accounts are taken.");

    /// <summary>Starts one for a test alone, such as one that stops it.</summary>
    /// <param name="folder">Where its data lies; in memory when null.</param>
    public static Task<Azurite> Start(string? folder = null) => Start(folder, tablePort: 0, queuePort: 0);

    private static async Task<Azurite> Start(string? folder, int tablePort, int queuePort)
    {
        var names = Enumerable.Range(0, AccountsMax).Select(number => $"pond{number:D4}").ToList();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Path.Combine(SourceTree.Root, "miniprogram-api-tests", "azure"),
            RedirectStandardInput = true, // its end tells Azurite that we are gone
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "azurite.cjs", "--disableTelemetry", "--silent", "--blobPort", "0", "--queuePort", $"{queuePort}",
                "--tablePort", $"{tablePort}",
            },
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', names.Select(name => $"{name}:{Key}")) },
        };
        foreach (var argument in folder is null ? ["--inMemoryPersistence"] : new[] { "--location", folder })
            start.ArgumentList.Add(argument);

        var process = Process.Start(start)!;
        var (tables, queues) = await Listening(process).WaitAsync(StartTimeLimit);
        return new(process, folder, tables, queues, names);
    }

    /// <summary>Saves what it holds, if it has a folder, and ends.</summary>
    public void Stop()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(StopTimeLimit)) throw new TimeoutException("Azurite does not stop.");
    }

    /// <summary>Another process on the same ports and the same folder; what was in memory is gone.</summary>
    public Task<Azurite> Restart() => Start(folder, Tables.Port, Queues.Port);

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static async Task<(Uri Tables, Uri Queues)> Listening(Process process)
    {
        var found = new Dictionary<string, Uri>();
        while (found.Count < 2)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(
                "Azurite did not start: " + await process.StandardError.ReadToEndAsync());
            if (ListeningAt().Match(line) is { Success: true } match)
                found[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
        }

        _ = process.StandardOutput.ReadToEndAsync(); // whatever it says later must not fill the pipe
        return (found["Table"], found["Queue"]);
    }

    [GeneratedRegex(@"Azurite (?<service>Table|Queue) service is successfully listening at (?<address>\S+)")]
    private static partial Regex ListeningAt();
}
