using Pond.Kernel;

namespace Pond.Points;

/// <summary>ADM-02: what one operator asks for, another decides, once the amount is over the limit. Pure.</summary>
public static class ApprovalRules
{
    /// <summary>How long an adjustment waits.</summary>
    public static readonly TimeSpan WaitingTime = TimeSpan.FromDays(7);

    /// <summary>
    /// Books up to the limit, and lets wait what is over it. What could not be booked now does not wait either.
    /// </summary>
    /// <param name="id">Of the adjustment, should it wait.</param>
    /// <param name="limitPoints">The most that one operator gives or takes alone.</param>
    public static Decision<PointsEvent> Adjust(
        PointsAccount account,
        string id,
        Adjustment adjustment,
        long limitPoints,
        DateTimeOffset? expiresAt,
        DateTimeOffset now)
    {
        var booking = AdjustmentRules.Adjust(account, adjustment, expiresAt, now);
        if (booking.Facts.Count == 0 || Math.Abs(adjustment.Points) <= limitPoints) return booking;

        return new PointsEvent.AdjustmentAsked(new WaitingAdjustment(
            id, adjustment.MemberId, adjustment.Cause, adjustment.Points, adjustment.Reason, adjustment.OperatorId,
            now, now + WaitingTime, AdjustmentState.Waiting));
    }

    /// <summary>
    /// Another operator approves: the points are booked as the first one asked, by the rules of this moment.
    /// </summary>
    public static Decision<PointsEvent> Approve(
        AdjustmentCase at, Review review, string lotId, DateTimeOffset? expiresAt)
    {
        if (WhyNot(at.Adjustment, review.At) is { } why) return why;
        var waiting = at.Adjustment!;
        if (waiting.AskedBy == review.OperatorId) return ApprovalRefusals.Own;

        var adjustment = new Adjustment(
            waiting.Cause, lotId, waiting.Points, waiting.MemberId, waiting.AskedBy, waiting.Reason);
        var booking = AdjustmentRules.Adjust(at.Account, adjustment, expiresAt, review.At);
        return booking.Refusal is { } refusal
            ? refusal
            : booking.Facts.Append(Decided(waiting, AdjustmentState.Approved, review)).ToArray();
    }

    /// <summary>An operator rejects; who asked may take it back so.</summary>
    public static Decision<PointsEvent> Reject(AdjustmentCase at, Review review) =>
        WhyNot(at.Adjustment, review.At) is { } why
            ? why
            : Decided(at.Adjustment!, AdjustmentState.Rejected, review);

    private static Refusal? WhyNot(WaitingAdjustment? adjustment, DateTimeOffset now) => adjustment switch
    {
        null => ApprovalRefusals.Missing,
        { State: not AdjustmentState.Waiting } => ApprovalRefusals.Decided,
        _ when now >= adjustment.ExpiresAt => ApprovalRefusals.Expired,
        _ => null,
    };

    private static PointsEvent.AdjustmentDecided Decided(
        WaitingAdjustment waiting, AdjustmentState state, Review review) =>
        new(waiting with { State = state }, review.OperatorId, review.Reason, review.At);
}

/// <summary>The values of one approval or rejection.</summary>
public sealed record Review(string OperatorId, string Reason, DateTimeOffset At);
