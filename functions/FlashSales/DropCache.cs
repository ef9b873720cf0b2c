using Pond.Activities;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-01: what a process knows of flash sales for a second, so that a rush does not ask the store.</summary>
/// <remarks>
/// A change by an operator therefore holds within a second; start and end hold at once, as the clock decides them.
/// That nothing is left is said by memory for a second after it was proved. Then one caller at a time goes and looks
/// whether it is still so, while the others hear it for one second more.
/// </remarks>
public sealed class DropCache(LiveActivities activities, PartitionStore store, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private const int SalesMax = 200; // more than can be live

    private readonly Lock sync = new();
    private readonly Dictionary<string, Seen<FlashSale?>> sales = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Seen<int>> left = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> soldOutSince = new(StringComparer.Ordinal);

    /// <summary>The flash sale that was ever published, or null.</summary>
    public async Task<FlashSale?> Find(string flashSaleId, CancellationToken cancel)
    {
        if (!Ids.IsId(flashSaleId)) return null;
        var sale = await Known(sales, flashSaleId, () => Read(flashSaleId)).WaitAsync(cancel);
        if (sale is null or { Activity.State: ActivityState.Publishing }) Forget(flashSaleId);
        return sale;
    }

    /// <summary>Pieces that nobody has, as of a second ago at most.</summary>
    public Task<int> PiecesLeft(FlashSale sale, CancellationToken cancel) =>
        Known(left, sale.Id, () => Count(sale)).WaitAsync(cancel);

    /// <summary>Whether it is known that nothing is left.</summary>
    public bool IsSoldOut(string flashSaleId)
    {
        var now = clock.GetUtcNow();
        lock (sync)
        {
            if (!soldOutSince.TryGetValue(flashSaleId, out var since)) return false;
            if (now < since + Lifetime) return true;
            soldOutSince[flashSaleId] = now; // this caller looks
            return false;
        }
    }

    /// <summary>It has been proved that nothing is left, or turned out that something is.</summary>
    public void Tell(string flashSaleId, bool isSoldOut)
    {
        var now = clock.GetUtcNow();
        lock (sync)
        {
            if (!isSoldOut) soldOutSince.Remove(flashSaleId);
            else if (soldOutSince.Count < SalesMax || soldOutSince.ContainsKey(flashSaleId))
                soldOutSince[flashSaleId] = now;
            else soldOutSince.Clear();
        }
    }

    private async Task<FlashSale?> Read(string flashSaleId) =>
        await activities.Find(ActivityKind.FlashSale, flashSaleId, CancellationToken.None) is { } activity
            ? FlashSale.Of(activity)
            : null;

    private async Task<int> Count(FlashSale sale) =>
        sale.Pieces - (await DropRows.ReadAll(store, sale, CancellationToken.None)).Sum(one => one.Drop.ClaimedCount);

    // Those who ask while it is being read wait for the same answer. It is as old as the beginning of the reading.
    private Task<T> Known<T>(Dictionary<string, Seen<T>> all, string flashSaleId, Func<Task<T>> read)
    {
        var now = clock.GetUtcNow();
        lock (sync)
        {
            if (all.TryGetValue(flashSaleId, out var seen) && now < seen.At + Lifetime && !seen.Reading.IsFaulted)
                return seen.Reading;
            if (all.Count >= SalesMax) all.Clear();
            return (all[flashSaleId] = new Seen<T>(read(), now)).Reading;
        }
    }

    private void Forget(string flashSaleId)
    {
        lock (sync) sales.Remove(flashSaleId);
    }

    private sealed record Seen<T>(Task<T> Reading, DateTimeOffset At);
}
