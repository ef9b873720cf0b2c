using Pond.Activities;
using Pond.Coupons;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Shares;

namespace Pond.Bargains;

/// <summary>INV-03: an attempt, as those see it whom its owner asks to help.</summary>
public sealed class ShareableAttempts(
    LiveActivities activities,
    ProductCatalogue catalogue,
    Survivors survivors,
    PartitionStore store,
    TimeProvider clock)
    : IShareable
{
    public ShareKind Kind => ShareKind.Attempt;

    /// <inheritdoc/>
    public async Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel)
    {
        if (await AttemptRows.Find(store, id, cancel) is not { } attempt
            || await activities.Find(ActivityKind.Bargain, attempt.ActivityId, cancel) is not { } activity)
            return null;

        var now = clock.GetUtcNow();
        IReadOnlyList<string> accounts = viewerId is null ? [] : await survivors.AccountsOf(viewerId, cancel);
        var helps = await AttemptRows.HelpsOf(store, id, accounts, cancel);
        var isNew = viewerId is null || await IsNew(viewerId, now, cancel);
        return new ShareObject(
            $"{activity.Plan.Name}，帮我砍一刀",
            await catalogue.ImageOf(attempt.Terms.SkuId, cancel),
            AttemptRules.WhyNoHelp(attempt, helps, accounts, isNew, now) ?? activity.WhyNot(now));
    }

    private async Task<bool> IsNew(string memberId, DateTimeOffset now, CancellationToken cancel) =>
        await store.Find<Registration>(MemberRows.Partition(memberId), MemberRows.Head, cancel) is { } registration
        && AdviceRules.IsNew(registration.RegisteredAt, now);

    private sealed record Registration(DateTimeOffset RegisteredAt);
}
