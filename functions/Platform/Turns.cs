namespace Pond.Platform;

/// <summary>
/// Lets operations on one partition queue up inside this process, so that they do not wear each other out on ETags.
/// </summary>
/// <remarks>
/// For speed only: the ETags decide, here and between processes. Holds one entry for each partition in use.
/// </remarks>
public sealed class Turns
{
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> lines = new(StringComparer.Ordinal);

    /// <summary>Waits for this partition's turn; dispose to pass it on.</summary>
    public async Task<IDisposable> Take(string partition, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Join(partition) is { } place)
        {
            try
            {
                using var hearing = cancel.UnsafeRegister(
                    static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), place.Value);
                await place.Value.Task;
            }
            catch (OperationCanceledException)
            {
                Leave(place);
                throw;
            }
        }

        return new Turn(() => Pass(partition));
    }

    /// <summary>A place behind the others, or null when it is this one's turn at once.</summary>
    private LinkedListNode<TaskCompletionSource>? Join(string partition)
    {
        lock (lines)
        {
            if (lines.TryGetValue(partition, out var waiting))
                return waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            lines.Add(partition, new());
            return null;
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place)
    {
        lock (lines) place.List?.Remove(place);
    }

    private void Pass(string partition)
    {
        lock (lines)
        {
            var waiting = lines[partition];
            while (waiting.First is { } next)
            {
                waiting.RemoveFirst();
                if (next.Value.TrySetResult()) return; // else it has given up in this moment
            }

            lines.Remove(partition);
        }
    }

    private sealed class Turn(Action pass) : IDisposable
    {
        public void Dispose() => pass();
    }
}
