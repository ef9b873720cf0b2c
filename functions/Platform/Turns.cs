namespace Pond.Platform;

/// <summary>
/// Lets operations on one partition queue up inside this process, so that they do not wear each other out on ETags.
/// </summary>
/// <remarks>
/// For speed only: the ETags decide, here and between processes. Holds one entry for each partition in use.
/// </remarks>
public sealed class Turns
{
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);

    /// <summary>Waits for this partition's turn; dispose to pass it on.</summary>
    public async Task<IDisposable> Take(string partition, CancellationToken cancel)
    {
        Line line;
        lock (lines)
        {
            if (!lines.TryGetValue(partition, out line!)) lines.Add(partition, line = new Line());
            line.Length++;
        }

        try
        {
            await line.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Leave(partition, line);
            throw;
        }

        return new Turn(() =>
        {
            line.Release();
            Leave(partition, line);
        });
    }

    private void Leave(string partition, Line line)
    {
        lock (lines)
        {
            if (--line.Length > 0) return;
            lines.Remove(partition);
            line.Dispose();
        }
    }

    private sealed class Line() : SemaphoreSlim(1, 1)
    {
        /// <summary>Those who wait and the one whose turn it is.</summary>
        public int Length;
    }

    private sealed class Turn(Action pass) : IDisposable
    {
        public void Dispose() => pass();
    }
}
