using Pond.Activities;
using Pond.Products;

namespace Pond.Bargains;

/// <summary>BRG-05: what can be ordered of a bargain, from the stock itself.</summary>
public sealed class PiecesLeft(AllotmentStock stock)
{
    public async Task<int> Of(Activity activity, CancellationToken cancel)
    {
        if (!activity.HasStock) return 0;
        var left = await Task.WhenAll(activity.Allotments().Select(one => stock.AvailableOf(one, cancel)));
        return left.Sum();
    }
}
