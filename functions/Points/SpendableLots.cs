using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What a member can spend at present. A read model, for other slices too.</summary>
public sealed class SpendableLots(PartitionStore store, TimeProvider clock)
{
    /// <summary>Their points.</summary>
    public async Task<long> PointsOf(string memberId, CancellationToken cancel) =>
        (await Of(memberId, cancel)).Sum(lot => lot.RemainingPoints);

    internal async Task<IReadOnlyList<Lot>> Of(string memberId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var pages = await store.ReadUnder(
            MemberRows.Partition(memberId), PointsRows.LotsPrefix, Load.RowsMax, cancel);
        return
        [
            .. pages
                .SelectMany(row => Stored.Read<PointsRows.LotPage>(row.Data).Lots)
                .Where(lot => lot.IsSpendable(now)),
        ];
    }
}
