using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Points;

/// <summary>PTS-08: whether any of the points that end together are left, and can be spent.</summary>
public sealed class PointsEndingSoon(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.PointsEnding;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel)
    {
        var partition = MemberRows.Partition(memberId);
        var finding = store.Find<MemberStanding>(partition, MemberRows.Head, cancel);
        var reading = store.ReadUnder(partition, PointsRows.LotsPrefix, Load.RowsMax, cancel);
        await Task.WhenAll(finding, reading);

        var (end, now) = (EndingSoonRules.EndOf(occasionId), clock.GetUtcNow());
        return MemberStanding.WhyNot(finding.Result) is null && reading.Result
            .SelectMany(page => Stored.Read<PointsRows.LotPage>(page.Data).Lots)
            .Any(lot => lot.ExpiresAt == end && lot.IsSpendable(now));
    }
}
