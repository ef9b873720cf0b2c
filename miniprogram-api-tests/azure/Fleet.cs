using Pond.Tests.Processes;

namespace Pond.Tests.Azure;

/// <summary>Several processes of the app that share everything; any may die and is started again.</summary>
internal sealed class Fleet(RushHour hour) : IAsyncDisposable
{
    public const int Size = 3;

    private readonly Task<AppProcess>[] slots = [.. Enumerable.Range(0, Size).Select(_ => hour.StartApp())];
    private readonly List<AppProcess> killed = [];
    private readonly List<TimeSpan> restarts = [];
    private int turn;

    /// <summary>How long each process that was started again took to listen.</summary>
    public IReadOnlyList<TimeSpan> Restarts => restarts;

    /// <summary>Answers once all are up.</summary>
    public Task<AppProcess[]> AllUp() => Task.WhenAll(slots);

    /// <summary>One process after the other, whatever else happens to it.</summary>
    public HttpClient Next()
    {
        var first = (uint)Interlocked.Increment(ref turn); // taken once: others take turns meanwhile
        var up = Enumerable.Range(0, Size).Select(next => slots[(first + next) % Size])
            .FirstOrDefault(slot => slot.IsCompletedSuccessfully);
        return up?.Result.Http ?? throw new InvalidOperationException("No process is up.");
    }

    /// <summary>One of them, once it is up.</summary>
    public Task<AppProcess> At(int number) => slots[number];

    /// <summary>SIGTERM to all: each settles what it has taken.</summary>
    public async Task Stop()
    {
        foreach (var app in await AllUp())
        {
            app.AskToStop();
            Assert.Equal(0, await app.ExitCode());
        }
    }

    /// <summary>SIGKILL, once it is up and not the only one. Another one starts in its place.</summary>
    public async Task Replace(int number)
    {
        var app = await slots[number];
        await Task.WhenAny(slots.Where(slot => slot != slots[number]));
        var gone = new TaskCompletionSource();
        slots[number] = StartAgain(gone.Task);
        await app.Kill();
        killed.Add(app); // somebody may still be calling it
        gone.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in (await AllUp()).Concat(killed)) app.Dispose();
    }

    private async Task<AppProcess> StartAgain(Task gone)
    {
        await gone;
        var app = await hour.StartApp();
        lock (restarts) restarts.Add(app.StartTime);
        return app;
    }
}
