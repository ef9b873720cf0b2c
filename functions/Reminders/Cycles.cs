using Pond.Members;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>REP-01: how often a member buys a SKU again.</summary>
/// <param name="Title">As the shopper read it last.</param>
/// <param name="Purchases">The newest, the oldest of them first; also those of which nothing is left.</param>
/// <param name="Plan">The reminder that is planned; null for none.</param>
/// <param name="Plans">How many were planned so far: each has a number of its own.</param>
public sealed record RepurchaseCycle(
    string SkuId, string Title, IReadOnlyList<Purchase> Purchases, CyclePlan? Plan, int Plans)
{
    public static RepurchaseCycle New(string skuId, string title) => new(skuId, title, [], null, 0);
}

/// <summary>Pieces of one order.</summary>
/// <param name="Kept">Those that are not paid back.</param>
public sealed record Purchase(string OrderId, int Kept, DateTimeOffset PaidAt);

/// <summary>When a member needs more.</summary>
/// <param name="OrderId">The order that it is reckoned from.</param>
/// <param name="RemindAt">Some days before.</param>
/// <param name="Until">From then on nobody is reminded of it any more.</param>
public sealed record CyclePlan(string OrderId, DateTimeOffset RemindAt, DateTimeOffset Until, int Number);

/// <summary>What the rules look at.</summary>
public sealed record CycleState(MemberStanding? Member, RepurchaseCycle? Cycle);

/// <summary>A cycle has changed.</summary>
/// <param name="Voided">What is not to be told any more; null for nothing.</param>
/// <param name="Planned">What is to be told; null for nothing.</param>
public sealed record CycleMoved(
    RepurchaseCycle Cycle, TouchVoidedV1? Voided, TouchPlannedV1? Planned, DateTimeOffset At);
