using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Tiers;

namespace Pond.Points;

/// <summary>Gives the points that entering a tier brings (MBR-03).</summary>
public sealed class PointsOnTierEntered(Inbox inbox, Survivors survivors, Ids ids, PointsOptions options)
{
    private const string TierCause = "tier";

    [Function(nameof(PointsOnTierEntered))]
    public Task Run(
        [QueueTrigger(TierMessages.PointsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TierPointsV1>(
            nameof(PointsOnTierEntered), TierMessages.PointsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(TierPointsV1 entered, Operation operation, CancellationToken cancel)
    {
        var lotId = ids.Next();
        // The member's own id keeps it apart from the same tier of an account that they became part of.
        var cause = new Cause(
            TierCause,
            string.Create(CultureInfo.InvariantCulture, $"{entered.MemberId}:{entered.Code}:{entered.Cycle}"));
        var decision = await survivors.Run(
            entered.MemberId,
            memberId => PointsRows.Earning(memberId, cause, options.EarnCaps()),
            operation,
            (account, now) => EarnRules.Earn(
                account, cause, lotId, entered.Points, options.EarnCaps(), options.Expiry().EndOf(now), now),
            cancel);
        return decision.Refusal;
    }
}
