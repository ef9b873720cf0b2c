using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Tiers;

/// <summary>MBR-04: whether a tier is still about to be lost.</summary>
public sealed class TierEndingSoon(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.TierEnding;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel)
    {
        var (reading, finding) = (TierRows.Read(store, memberId, cancel), ProgrammeRows.Find(store, cancel));
        await Task.WhenAll(reading, finding);
        return LapseRules.Stands(reading.Result, finding.Result, occasionId, clock.GetUtcNow());
    }
}
