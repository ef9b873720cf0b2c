using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Pond.Tests.Host;

namespace Pond.Tests.Azure;

/// <summary>
/// A real Table and Queue service on free ports of this machine, for all tests of one run, with an account for each
/// that asks.
/// </summary>
public sealed partial class Azurite
{
    private const int AccountsMax = 400;

    private static readonly TimeSpan StartTimeLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<Azurite>> One = new(() => Start());

    private readonly ConcurrentQueue<string> accounts;

    private Azurite(Process process, Uri tables, Uri queues, IEnumerable<string> accounts)
    {
        (Process, Tables, Queues) = (process, tables, queues);
        this.accounts = new(accounts);
    }

    /// <summary>The one that tests share.</summary>
    public static Task<Azurite> Shared => One.Value;

    public Process Process { get; }

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
    public static async Task<Azurite> Start(string? folder = null, int tablePort = 0, int queuePort = 0)
    {
        var names = Enumerable.Range(0, AccountsMax).Select(number => $"pond{number:D4}").ToList();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "miniprogram-api-tests", "azure"),
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

        var process = System.Diagnostics.Process.Start(start)!;
        var (tables, queues) = await Listening(process).WaitAsync(StartTimeLimit);
        return new(process, tables, queues, names);
    }

    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
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
