using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>
/// PTS-12, PTS-13: what an order and its refunds do to points, in whatever order they are heard of. Pure.
/// </summary>
/// <remarks>
/// A refund may be heard of before what it undoes. What is still held was paid, or nothing could be refunded: it is
/// posted first. What is not earned yet is remembered as undone: so nobody waits for a reward that is refused.
/// </remarks>
public static class OrderBookingRules
{
    public static Cause CauseOf(string orderId) => new(Cause.Order, orderId);

    public static Cause GiftOf(string orderId) => new(Cause.OrderGift, orderId);

    /// <summary>
    /// As <see cref="EarnRules.Earn"/>, less what has been taken back ahead of it.
    /// </summary>
    /// <param name="account">As <see cref="PointsRows.Bringing"/> loads it.</param>
    /// <param name="before">
    /// What was taken back ahead on an account that has become part of this one; null for none.
    /// </param>
    public static Decision<PointsEvent> Bring(
        PointsAccount account,
        Cause cause,
        string lotId,
        long points,
        EarnCaps caps,
        Share? before,
        DateTimeOffset? expiresAt,
        DateTimeOffset now)
    {
        var earned = EarnRules.Earn(account, cause, lotId, points, caps, expiresAt, now);
        if (earned.Facts.Count == 0 || Larger(account.Undone?.Ahead, before) is not { } ahead) return earned;

        var after = earned.Facts.Aggregate(account, PointsFold.Evolve);
        return earned.Facts
            .Concat(UndoRules.Reverse(after with { Booked = after.Added[^1] }, cause, ahead, now).Facts)
            .ToArray();
    }

    /// <summary>Takes back a share of what was earned in all, or remembers to, until it is.</summary>
    /// <param name="account">As <see cref="PointsRows.Undoing"/> loads it.</param>
    public static Decision<PointsEvent> TakeBack(PointsAccount account, Cause earn, Share share, DateTimeOffset now)
    {
        if (!share.IsValid) return PointsRefusals.BadShare;
        if (account.Booked is not null) return UndoRules.Reverse(account, earn, share, now);
        if (account.Member?.MergedInto is not null) return MemberRefusals.Merged;

        var ahead = Larger(account.Undone?.Ahead, share);
        return ahead == account.Undone?.Ahead
            ? Decision<PointsEvent>.Nothing
            : new PointsEvent.UndoneAhead(earn, share, now);
    }

    /// <summary>As <see cref="UndoRules.Refund"/>, of what is spent or still held.</summary>
    /// <param name="account">As <see cref="PointsRows.GivingBack"/> loads it.</param>
    public static Decision<PointsEvent> GiveBack(
        PointsAccount account, Cause spend, Share share, string lotId, DateTimeOffset now)
    {
        if (account.HoldOf(spend) is null) return UndoRules.Refund(account, spend, share, lotId, now);

        var posted = HoldRules.Post(account, spend, now);
        if (posted.Facts.Count == 0) return posted;
        var after = posted.Facts.Aggregate(account, PointsFold.Evolve);
        var refunded = UndoRules.Refund(after with { Booked = after.Added[^1] }, spend, share, lotId, now);
        return refunded.Refusal is { } why ? why : posted.Facts.Concat(refunded.Facts).ToArray();
    }

    /// <summary>The one that undoes more; null for nothing.</summary>
    public static Share? Larger(Share? one, Share? other) =>
        (one?.Part ?? 0) >= (other?.Part ?? 0) ? one : other;
}
