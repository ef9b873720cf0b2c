using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;

namespace Pond.Bargains;

/// <summary>BRG-03, BRG-04: the life of an attempt. Pure.</summary>
public static class AttemptRules
{
    private static readonly Refusal[] HelpRefusals =
    [
        BargainRefusals.AttemptMissing, BargainRefusals.Own, BargainRefusals.Helped, BargainRefusals.FloorReached,
        BargainRefusals.Over, BargainRefusals.Ordered, BargainRefusals.Done, BargainRefusals.NewHelpersOnly,
        ActivityRefusals.NotOpen, ActivityRefusals.Paused, ActivityRefusals.Over,
        ActivityRefusals.Missing,
    ];

    /// <summary>The same attempt again is there already.</summary>
    public static Decision<AttemptEvent> Start(AttemptDesk desk, Attempt attempt) => desk.Attempt is null
        ? new AttemptEvent.Started(attempt, attempt.StartedAt)
        : Decision<AttemptEvent>.Nothing;

    /// <summary>BRG-03: why somebody cannot help, or null.</summary>
    /// <param name="accounts">Of the helper: their own first, and those that have become part of it.</param>
    /// <param name="isNew">Whether the helper registered lately.</param>
    public static Refusal? WhyNoHelp(
        Attempt? attempt, IReadOnlyList<Help> helps, IReadOnlyList<string> accounts, bool isNew, DateTimeOffset now)
    {
        if (attempt is null) return BargainRefusals.AttemptMissing;
        var isOwner = accounts.Contains(attempt.MemberId);
        if (isOwner && !attempt.Terms.IsOwnerCutAllowed) return BargainRefusals.Own;
        if (helps.Count > 0) return BargainRefusals.Helped;
        return attempt.StateAt(now) switch
        {
            AttemptState.FloorReached => BargainRefusals.FloorReached,
            AttemptState.Ordered => BargainRefusals.Ordered,
            AttemptState.Done => BargainRefusals.Done,
            AttemptState.Expired => BargainRefusals.Over,
            _ => attempt.Terms.NewHelpersOnly && !isNew && !isOwner ? BargainRefusals.NewHelpersOnly : null,
        };
    }

    /// <summary>
    /// The next cut of the plan, or a "no". Both are facts: whoever asks again for this right of the helper's hears the
    /// same, and after a "no" the right is free again.
    /// </summary>
    /// <param name="closed">Why nothing goes on in the whole bargain, or null.</param>
    public static Decision<AttemptEvent> Help(
        AttemptDesk desk, HelpHeldV1 held, Refusal? closed, DateTimeOffset now)
    {
        if (desk.Attempt is not { } attempt) return BargainRefusals.AttemptMissing;
        if ((closed ?? WhyNoHelp(attempt, desk.Helps, held.Accounts, held.IsNew, now)) is { } why)
            return new AttemptEvent.HelpRefused(why.Code, held.MemberId, held.HoldId, now);

        var isLargest = attempt.Terms.HasNewcomerStep && held.IsNew && !held.Accounts.Contains(attempt.MemberId);
        var plan = isLargest ? CutPlanRules.LargestNext(attempt.Plan, attempt.CutsMade) : attempt.Plan;
        var help = new Help(held.MemberId, attempt.CutsMade + 1, plan[attempt.CutsMade], isLargest, now);
        var after = Cut(attempt, help);
        return new AttemptEvent.Helped(help, after.PriceFen, after.CutsLeft, now);
    }

    /// <summary>The refusal of a help, found by its code.</summary>
    public static Refusal RefusalOf(string code) => HelpRefusals.Single(refusal => refusal.Code == code);

    /// <summary>BRG-02: why it cannot be ordered, or null.</summary>
    public static Refusal? WhyNoOrder(Attempt attempt, DateTimeOffset now) => attempt.StateAt(now) switch
    {
        AttemptState.Ordered => BargainRefusals.Ordered,
        AttemptState.Done => BargainRefusals.Done,
        AttemptState.Expired => BargainRefusals.Over,
        AttemptState.Open when attempt.Terms.Mode is BargainMode.FloorOnly => BargainRefusals.NotAtFloor,
        _ => null,
    };

    /// <summary>
    /// I20: freezes the price for one order at a time; the same order has the same answer, and once it was cancelled
    /// none any more.
    /// </summary>
    public static Decision<AttemptEvent> Keep(AttemptDesk desk, DealHold hold, DateTimeOffset now)
    {
        if (desk.Attempt is not { } attempt) return BargainRefusals.AttemptMissing;
        if (desk.Order is { } order)
        {
            return order.State is AttemptOrderState.Cancelled
                ? BargainRefusals.OrderOver
                : Decision<AttemptEvent>.Nothing;
        }

        if (WhyNoOrder(attempt, now) is { } why) return why;
        return hold.PriceFen == attempt.PriceFen
            ? new AttemptEvent.OrderKept(hold.OrderId, hold.PriceFen, now)
            : BargainRefusals.PriceMoved;
    }

    /// <summary>
    /// BRG-04, D05: a paid order ends the attempt, a cancelled one leaves it as it was. Late, double or out of order,
    /// the first end of an order counts.
    /// </summary>
    public static Decision<AttemptEvent> HearOrder(
        AttemptDesk desk, string orderId, DealMove move, DateTimeOffset now)
    {
        if (desk.Attempt is null) return BargainRefusals.AttemptMissing;
        if (desk.Order is { State: not AttemptOrderState.Kept }) return Decision<AttemptEvent>.Nothing;
        return move is DealMove.Cancelled
            ? new AttemptEvent.OrderCancelled(orderId, now)
            : new AttemptEvent.OrderPaid(orderId, now); // what was refunded was paid
    }

    /// <summary>Its time is over, and no order has its price.</summary>
    public static Decision<AttemptEvent> Expire(AttemptDesk desk, DateTimeOffset now) =>
        desk.Attempt is { IsWaiting: true } attempt && now >= attempt.Deadline
            ? new AttemptEvent.Expired(now)
            : Decision<AttemptEvent>.Nothing;

    internal static Attempt Cut(Attempt attempt, Help help)
    {
        var plan = help.IsLargest ? CutPlanRules.LargestNext(attempt.Plan, attempt.CutsMade) : attempt.Plan;
        var made = attempt.CutsMade + 1;
        return attempt with
        {
            Plan = plan,
            CutsMade = made,
            State = made == plan.Count ? AttemptState.FloorReached : AttemptState.Open,
        };
    }
}
