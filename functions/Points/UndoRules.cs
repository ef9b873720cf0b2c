using System.Globalization;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Points;

/// <summary>How much of a cause is undone in all, such as refunded of paid.</summary>
/// <param name="Part">0 … <see cref="Whole"/>.</param>
/// <param name="Whole">1 or more.</param>
public readonly record struct Share(long Part, long Whole)
{
    /// <summary>Rounded down; the whole is exactly the whole.</summary>
    public long Of(long points) => (long)((Int128)points * Part / Whole);

    /// <summary>Whether it is a share at all.</summary>
    [JsonIgnore]
    public bool IsValid => Whole > 0 && Part >= 0 && Part <= Whole;
}

/// <summary>How many points of a booking have been undone so far.</summary>
public sealed record Undone(Cause Cause, Direction Direction, long Points)
{
    /// <summary>What is to be undone as soon as it is booked; null for nothing.</summary>
    public Share? Ahead { get; init; }
}

/// <summary>PTS-04, PTS-05: what a refund does to the points spent on it, and to those earned by it. Pure.</summary>
/// <remarks>
/// A share counts from the booking on, not from the undoing before: so the parts of several refunds always add up,
/// and the same refund twice changes nothing. What was recorded then is undone, whatever the rules say today.
/// </remarks>
public static class UndoRules
{
    /// <summary>Days that points have at least which come back after their lot has ended.</summary>
    public const int ReturnedDaysMin = 7;

    /// <summary>
    /// PTS-04: gives back a share of a spend to the lots that it drew on, first to those that end last.
    /// </summary>
    /// <param name="lotId">Of the new lot for points whose own has ended.</param>
    public static Decision<PointsEvent> Refund(
        PointsAccount account, Cause spend, Share share, string lotId, DateTimeOffset now)
    {
        if (!share.IsValid) return PointsRefusals.BadShare;
        if (account.Booked is not { } booked) return PointsRefusals.CauseMissing;

        var (before, total) = (account.Undone?.Points ?? 0, share.Of(-booked.Points));
        if (total <= before) return Decision<PointsEvent>.Nothing;

        var points = total - before;
        var settled = Math.Min(account.Balance.DebtPoints, points);
        var parts = Living(booked.Parts.Reverse().Slice(before, points), lotId, now);
        var refunded = new PointsEvent.Refunded(
            spend, CauseOf(Cause.Refund, spend, total), total, points,
            parts.OrderBy(part => part.ExpiresAt ?? DateTimeOffset.MaxValue).Slice(settled, points), settled, now);
        return MoveRules.Onward(account, refunded, now);
    }

    /// <summary>
    /// PTS-05: takes back a share of what was earned: from its lot, then from what ends first. What was spent becomes
    /// debt; as much as ended with the lot is forgiven, since nobody owes what they lost already.
    /// </summary>
    /// <remarks>
    /// Which of the points that end together were spent does not matter: without this grant the others would have
    /// been, and would not have ended.
    /// </remarks>
    public static Decision<PointsEvent> Reverse(PointsAccount account, Cause earn, Share share, DateTimeOffset now)
    {
        if (!share.IsValid) return PointsRefusals.BadShare;
        if (account.Booked is not { Parts: [var grant, ..] } booked) return PointsRefusals.CauseMissing;

        var (before, total) = (account.Undone?.Points ?? 0, share.Of(booked.Points));
        if (total <= before) return Decision<PointsEvent>.Nothing;

        var owed = total - before;
        var own = account.Lots
            .Where(lot => lot.Id == grant.LotId || (lot.ExpiresAt == grant.ExpiresAt && lot.ExpiresAt <= now))
            .OrderByDescending(lot => lot.Id == grant.LotId)
            .Select(lot => new LotPart(lot.Id, lot.RemainingPoints, lot.ExpiresAt)).Slice(0, owed);
        var rest = owed - own.Sum(part => part.Points);
        var forgiven = account.Ended.FirstOrDefault(ended => ended.ExpiresAt == grant.ExpiresAt) is { } ended
            ? ended with { Points = Math.Min(ended.Points, rest) }
            : null;
        owed -= forgiven?.Points ?? 0;
        rest -= forgiven?.Points ?? 0;

        IReadOnlyList<Lot> others = [.. account.Lots.Where(lot => own.TrueForAll(part => part.LotId != lot.Id))];
        List<LotPart> parts = [.. own, .. others.Draw(rest, now)];
        var reversed = new PointsEvent.Reversed(
            earn, CauseOf(Cause.Reversal, earn, total), total, owed,
            parts, owed - parts.Sum(part => part.Points), now, forgiven);
        return MoveRules.Onward(account, reversed, now);
    }

    private static List<LotPart> Living(List<LotPart> parts, string lotId, DateTimeOffset now)
    {
        List<LotPart> living = [.. parts.Where(part => part.ExpiresAt is not { } end || now < end)];
        var ended = parts.Sum(part => part.Points) - living.Sum(part => part.Points);
        if (ended > 0)
            living.Add(new LotPart(lotId, ended, ChinaDay.Of(now).AddDays(ReturnedDaysMin).Next.Start));
        return living;
    }

    private static Cause CauseOf(string kind, Cause undone, long total) => new(
        kind, string.Create(CultureInfo.InvariantCulture, $"{undone.Kind}.{undone.Id}.{total}"));
}
