using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Bargains;

/// <summary>TCH-06: whether an attempt that ends soon still goes on.</summary>
public sealed class AttemptsEndingSoon(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.BargainEnding;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel) =>
        AttemptEndingRules.Stands(
            await AttemptRows.Find(store, occasionId, cancel), memberId, clock.GetUtcNow());
}
