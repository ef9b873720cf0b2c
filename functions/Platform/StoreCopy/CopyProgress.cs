using System.Globalization;
using System.Runtime.CompilerServices;
using Pond.Platform.Storage;

namespace Pond.Platform.StoreCopy;

/// <summary>Tells at intervals how far a copy has come.</summary>
public sealed class CopyProgress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The same rows, counted as they pass.</summary>
    /// <param name="done">What is done with them, as in "1,000 rows checked".</param>
    internal async IAsyncEnumerable<ScannedRow> Of(
        string done, IAsyncEnumerable<ScannedRow> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        var (count, said) = (0L, begun);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            count++;
            yield return row;
            if (clock.GetElapsedTime(said) < Interval) continue;
            said = clock.GetTimestamp();
            Say(count, done, begun);
        }

        Say(count, done, begun);
    }

    internal void Say(string sentence) => output.WriteLine(sentence);

    private void Say(long count, string done, long begun)
    {
        var seconds = clock.GetElapsedTime(begun).TotalSeconds;
        var speed = seconds > 0 ? count / seconds : count;
        Say(string.Create(
            CultureInfo.InvariantCulture, $"{count:N0} rows {done} in {seconds:N1} s, {speed:N0} rows/s"));
    }
}
