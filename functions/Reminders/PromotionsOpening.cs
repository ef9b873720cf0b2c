using Pond.Activities;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>TCH-06: whether what begins soon still does.</summary>
public sealed class PromotionsOpening(LiveActivities activities, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.PromotionOpening;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel) =>
        OpeningRules.Stands(
            await activities.Find(OpeningRules.ActivityOf(occasionId), cancel), occasionId, clock.GetUtcNow());
}
