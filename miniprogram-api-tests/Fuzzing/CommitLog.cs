using System.Collections.Concurrent;
using System.Diagnostics;
using Pond.Platform.Storage;

namespace Pond.Tests.Fuzzing;

/// <summary>What was stored in the course of which request.</summary>
/// <remarks>A problem names the trace of its request, so nothing has to be sent along to tell requests apart.</remarks>
internal sealed class CommitLog
{
    private readonly ConcurrentDictionary<string, List<string>> byTrace = new();

    public void Add(string partition, IReadOnlyList<Write> writes)
    {
        if (Activity.Current?.TraceId.ToString() is not { } trace) return;
        var commits = byTrace.GetOrAdd(trace, _ => []);
        var commit = string.Join(", ", writes.Select(write => $"{write.GetType().Name} {write.Key}"));
        lock (commits) commits.Add($"{partition}: {commit}");
    }

    /// <summary>What the request with this trace has stored, commit by commit; asked once.</summary>
    public IReadOnlyList<string> Take(string trace) =>
        byTrace.TryRemove(trace, out var commits) ? commits : [];
}
