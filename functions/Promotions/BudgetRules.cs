using Pond.Kernel;

namespace Pond.Promotions;

/// <summary>CMP-03: what a promotion gives, each gift counted once. Pure.</summary>
public static class BudgetRules
{
    /// <summary>How long something is kept for a gift that nobody has heard of.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(15);

    private const int LowPercent = 80;
    private const int Percent = 100;

    /// <summary>Takes a coupon out of what there is to give.</summary>
    /// <param name="couponsMax">In all.</param>
    public static Decision<BudgetMoved> Reserve(BudgetDesk desk, string grantId, int couponsMax, DateTimeOffset now)
    {
        if (desk.Grant is not null) return Decision<BudgetMoved>.Nothing;
        return desk.Total.Coupons >= couponsMax
            ? DoorRefusals.GivenOut
            : new BudgetMoved(desk.Total.Plus(1), new BudgetGrant(grantId, now + HoldTime));
    }

    /// <summary>
    /// It was given. That counts also when nothing was kept for it any more: what members have is never left out.
    /// </summary>
    public static Decision<BudgetMoved> Confirm(BudgetDesk desk, string grantId) => desk.Grant switch
    {
        { FreeAt: null } => Decision<BudgetMoved>.Nothing,
        null => new BudgetMoved(desk.Total.Plus(1), new BudgetGrant(grantId, FreeAt: null)),
        var kept => new BudgetMoved(desk.Total, kept with { FreeAt = null }),
    };

    /// <summary>It was not given.</summary>
    public static Decision<BudgetMoved> Release(BudgetDesk desk) => desk.Grant is { FreeAt: not null }
        ? new BudgetMoved(desk.Total.Plus(-1), Grant: null)
        : Decision<BudgetMoved>.Nothing;

    /// <summary>Nobody has heard of it in time.</summary>
    public static Decision<BudgetMoved> Lapse(BudgetDesk desk, DateTimeOffset now) =>
        desk.Grant?.FreeAt <= now ? Release(desk) : Decision<BudgetMoved>.Nothing;

    /// <summary>Whether four fifths are gone.</summary>
    public static bool IsLow(BudgetTotal total, int? couponsMax) =>
        total.Coupons * Percent >= (long?)couponsMax * LowPercent;
}
