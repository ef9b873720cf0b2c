using System.Globalization;
using Pond.Kernel;
using Pond.Members;

namespace Pond.Tiers;

/// <summary>MBR-07: what an order and its refunds do to growth, in whatever order they are heard of. Pure.</summary>
/// <remarks>
/// What goes back before it was brought is never booked at all. Growth knows no debt: what is not there any more is
/// not taken back.
/// </remarks>
public static class OrderGrowthRules
{
    public static GrowthCause CauseOf(string orderId) => new(GrowthCause.Order, orderId);

    /// <summary>Books what an order brings, less what has gone back already.</summary>
    /// <param name="account">As <see cref="TierRows.Undoing"/> loads it.</param>
    /// <param name="trail">Of this account, and of those that have become part of it.</param>
    public static Decision<TierEvent> Bring(
        TierAccount account,
        Programme programme,
        GrowthCause cause,
        OrderTrail trail,
        long growth,
        DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        return trail.IsBooked || growth <= trail.UndoneGrowth
            ? Decision<TierEvent>.Nothing
            : GrowthRules.Book(account, programme, cause, growth - trail.UndoneGrowth, now);
    }

    /// <summary>Takes back so much in all, whatever has become of the member.</summary>
    /// <param name="account">The same.</param>
    /// <param name="trail">The same.</param>
    /// <param name="totalGrowth">With what was taken back before.</param>
    public static Decision<TierEvent> TakeBack(
        TierAccount account,
        Programme programme,
        GrowthCause cause,
        OrderTrail trail,
        long totalGrowth,
        DateTimeOffset now)
    {
        if (account.Member?.MergedInto is not null) return MemberRefusals.Merged;
        if (totalGrowth <= trail.UndoneGrowth) return Decision<TierEvent>.Nothing;

        var undone = new TierEvent.Undone(new UndoneGrowth(cause, totalGrowth));
        var taken = trail.IsBooked
            ? Math.Min(totalGrowth - trail.UndoneGrowth, account.Growth.TotalGrowth)
            : 0;
        if (taken == 0) return undone;

        var id = string.Create(CultureInfo.InvariantCulture, $"{cause.Id}.{totalGrowth}");
        TierEvent[] facts =
        [
            .. TierRules.Settle(account, programme, now),
            new TierEvent.Grown(account.Growth.Next(new GrowthCause(GrowthCause.OrderRefund, id), -taken, now)),
            undone,
        ];
        return facts
            .Concat(TierRules.Weigh(facts.Aggregate(account, TierFold.Evolve), programme, -taken, now))
            .ToArray();
    }
}

/// <summary>What is known of an order's growth, on an account and on those that have become part of it.</summary>
/// <param name="IsBooked">What the order brought has been booked.</param>
/// <param name="UndoneGrowth">What has gone back of it in all, be it before.</param>
public sealed record OrderTrail(bool IsBooked, long UndoneGrowth)
{
    public static readonly OrderTrail None = new(false, 0);

    /// <summary>The same, seen on one more account.</summary>
    public OrderTrail With(TierAccount account) => new(
        IsBooked || account.Booked is not null, Math.Max(UndoneGrowth, account.Undone?.Growth ?? 0));
}
