using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pond.Platform.Storage;

namespace Pond.Tests.Simulation;

/// <summary>All that happened, as one hash: the same seed has the same one in every process.</summary>
/// <remarks>
/// Ids of traces are left out: .NET draws them by itself. Signatures are too, as each process makes its own RSA keys.
/// </remarks>
internal sealed class Trace(Scheduler scheduler, Action<string>? tell)
{
    private const string TraceId = "\"trace\":\"";
    private const int TraceIdChars = 55;

    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string what) => Add(what, "");

    public void Add(string what, string more)
    {
        Append(what);
        Append(more);
        var ticks = scheduler.GetUtcNow().UtcTicks;
        sha.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in ticks)));
        tell?.Invoke($"{scheduler.GetUtcNow():HH:mm:ss.fff} {what} {more}");
    }

    /// <summary>For people only: it is no part of the hash.</summary>
    public void Tell(string what, Func<string> more) => tell?.Invoke($"{scheduler.GetUtcNow():HH:mm:ss.fff} {what} {more()}");

    public void Add(string partition, IReadOnlyList<Write> writes)
    {
        Add("commit", partition);
        foreach (var write in writes) AddWrite(write);
    }

    public string Hash() => Convert.ToHexStringLower(sha.GetHashAndReset())[..16];

    private void AddWrite(Write write)
    {
        Append(write.Key);
        var data = write switch
        {
            Write.Insert insert => insert.Data,
            Write.Replace replace => replace.Data,
            _ => "deleted",
        };
        var at = data.IndexOf(TraceId, StringComparison.Ordinal);
        if (at < 0)
        {
            Append(data);
        }
        else
        {
            Append(data.AsSpan(0, at));
            Append(data.AsSpan(Math.Min(data.Length, at + TraceId.Length + TraceIdChars)));
        }

        tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"    {write.GetType().Name} {write.Key} {data}"));
    }

    private void Append(ReadOnlySpan<char> text) => sha.AppendData(MemoryMarshal.AsBytes(text));
}
