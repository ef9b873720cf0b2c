namespace Pond.Platform;

/// <summary>Does much work, most of it waiting, a few pieces at the same time.</summary>
/// <remarks>
/// It has no threads of its own: each piece goes on where its caller's awaits come back, so whoever decides the order
/// of these decides all.
/// </remarks>
public static class AFewAtATime
{
    /// <summary>Works on every item; after a failure none is begun any more, and those under way hear of it.</summary>
    /// <param name="atOnce">1 or more.</param>
    public static async Task Each<T>(
        IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task> work, CancellationToken cancel)
    {
        if (items.TryGetNonEnumeratedCount(out var count) && count < atOnce) atOnce = count;
        if (atOnce == 0) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var waiting = items.GetEnumerator();
        var sync = new Lock();
        var workers = Enumerable.Range(0, atOnce).Select(_ => WorkThrough()).ToArray();
        await Task.WhenAll(workers);

        async Task WorkThrough()
        {
            try
            {
                while (TryTake(out var item))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    await work(item, stop.Token);
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }

        bool TryTake(out T item)
        {
            lock (sync)
            {
                var isThere = waiting.MoveNext();
                item = isThere ? waiting.Current : default!;
                return isThere;
            }
        }
    }
}
