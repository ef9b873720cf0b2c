using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Pond.Tests.Processes;

/// <summary>The real app as a process of its own, on a port that the system chooses.</summary>
internal sealed class AppProcess : IDisposable
{
    /// <summary>A process that has not said by then where it listens never will.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StopMax = TimeSpan.FromMinutes(1);

    private const string BeforeAddress = "listening on ";

    private readonly Process process;

    private AppProcess(Process process, Uri address, TimeSpan startTime)
    {
        this.process = process;
        StartTime = startTime;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>From its launch until it listens.</summary>
    public TimeSpan StartTime { get; }

    /// <param name="settings">Settings beside the usual ones of tests, such as where the rows lie.</param>
    public static async Task<AppProcess> Start(
        string dataPath, Uri weChat, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Composition).Assembly.Location, "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataPath,
        };
        foreach (var (key, value) in MiniProgramApi.Settings(weChat, dataPath, settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        try
        {
            var address = await AddressOf(process).WaitAsync(StartMax);
            return new AppProcess(process, address, watch.Elapsed);
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>SIGKILL: not one more instruction of it runs.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, without waiting for what follows.</summary>
    public void AskToStop() => Signal("TERM");

    /// <summary>SIGSTOP: it stands still, with all that it has begun.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>Answers once it takes no new connection.</summary>
    public async Task StopsListening()
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(Http.BaseAddress!.Host, Http.BaseAddress.Port);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    /// <summary>What it ends with.</summary>
    public async Task<int> ExitCode()
    {
        await process.WaitForExitAsync().WaitAsync(StopMax);
        return process.ExitCode;
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Reads all that it ever prints, since a process whose output nobody reads comes to a halt.</summary>
    private static Task<Uri> AddressOf(Process process)
    {
        var address = new TaskCompletionSource<Uri>();
        var printed = new ConcurrentQueue<string?>();
        process.OutputDataReceived += (_, line) =>
        {
            printed.Enqueue(line.Data);
            if (line.Data is null)
                address.TrySetException(new InvalidOperationException(string.Join('\n', printed)));
            else if (line.Data.IndexOf(BeforeAddress, StringComparison.Ordinal) is >= 0 and var at)
                address.TrySetResult(new Uri(line.Data[(at + BeforeAddress.Length)..].Split(';', ',')[0]));
        };
        process.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return address.Task;
    }
}
