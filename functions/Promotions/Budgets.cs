using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>What a promotion has given, and keeps for what is being given.</summary>
public sealed record BudgetTotal(long Coupons)
{
    public static readonly BudgetTotal Untouched = new(0);

    public BudgetTotal Plus(int coupons) => new(Coupons + coupons);
}

/// <summary>A coupon that was given, or for which one is kept.</summary>
/// <param name="FreeAt">From then on it is not kept any more; null once it was given.</param>
public sealed record BudgetGrant(string Id, DateTimeOffset? FreeAt);

/// <param name="Grant">Null when nothing is known of it.</param>
public sealed record BudgetDesk(BudgetTotal Total, BudgetGrant? Grant);

/// <summary>What was given, or kept, has changed.</summary>
public sealed record BudgetMoved(BudgetTotal Total, BudgetGrant? Grant);

/// <summary>
/// Partition <c>{spread}:promotion-budget:{promotionId}</c>: <c>total</c> is the head, <c>grant:{grantId}</c> each
/// gift, and <c>kept:{grantId}</c> those of them that nobody has heard of yet.
/// </summary>
public static class BudgetRows
{
    public const string Head = "total";
    public const string KeptPrefix = "kept";

    /// <summary>The sweep of what was kept and never given.</summary>
    public const string LapsesDue = "promotion-grants-kept";

    private const string Name = "promotion-budget";
    private const int SpreadChars = 4;

    public static string Partition(string promotionId) =>
        $"{Keys.Hash(promotionId)[..SpreadChars]}:{Name}:{promotionId}";

    public static string PromotionIn(string partition) => partition[^Ids.IdChars..];

    public static async Task<BudgetTotal> FindTotal(
        PartitionStore store, string promotionId, CancellationToken cancel) =>
        await store.Find<BudgetTotal>(Partition(promotionId), Head, cancel) ?? BudgetTotal.Untouched;

    public static Layout<BudgetDesk, BudgetMoved> Of(string promotionId, string grantId)
    {
        var (row, kept) = ($"grant:{grantId}", $"{KeptPrefix}:{grantId}");
        return new(
            Partition(promotionId),
            Head,
            [new Load.One(row), new Load.One(kept)],
            Read: rows => new BudgetDesk(
                rows.Find<BudgetTotal>(Head) ?? BudgetTotal.Untouched, rows.Find<BudgetGrant>(row)),
            Write: desk =>
            [
                new StateRow(Head, desk.Total),
                .. desk.Grant is { } grant ? [new StateRow(row, grant)] : (StateRow[])[],
                .. desk.Grant is { FreeAt: not null } open ? [new StateRow(kept, open)] : (StateRow[])[],
            ],
            Evolve: (_, moved) => new BudgetDesk(moved.Total, moved.Grant),
            Due: desk => desk.Grant?.FreeAt is { } at ? [new Deadline(LapsesDue, at)] : []);
    }
}
