using Pond.Payments;
using Pond.Platform;
using Pond.Touches;

namespace Pond.Orders;

/// <summary>What can happen to an order as a part of something.</summary>
public abstract partial record OrderEvent
{
    /// <summary>It has come about.</summary>
    /// <param name="Rebate">What goes back of the price; null for nothing.</param>
    /// <param name="Wanted">What WeChat is to pay back for that.</param>
    /// <param name="Rewards">What the order brings now.</param>
    /// <param name="Value">What its goods are worth now.</param>
    /// <param name="News">What the member is told; null for nothing.</param>
    public sealed record DealFulfilled(
        string SubjectId,
        DealRebate? Rebate,
        RefundWantedV1? Wanted,
        OrderRewardsV1 Rewards,
        DateTimeOffset At,
        OrderValuedV1? Value = null,
        TouchPlannedV1? News = null) : OrderEvent
    {
        internal override LogLine Line() => new(At, OrderActors.System, "deal_fulfilled", SubjectId);

        internal override IEnumerable<Message> Messages()
        {
            foreach (var message in OrderMessages.Rewards(Rewards)) yield return message;
            foreach (var message in OrderMessages.Valued(Value)) yield return message;
            if (Wanted is not null) yield return PaymentMessages.RefundWanted(Wanted);
            if (News is not null) yield return TouchMessages.Planned(News);
        }
    }

    /// <summary>It will not come about; all that was paid goes back.</summary>
    /// <param name="News">What the member is told; null for nothing.</param>
    public sealed record DealFailed(
        string SubjectId, string Reason, DateTimeOffset At, TouchPlannedV1? News = null) : OrderEvent
    {
        internal override LogLine Line() => new(At, OrderActors.System, "deal_failed", Reason);

        internal override IEnumerable<Message> Messages() => News is null ? [] : [TouchMessages.Planned(News)];
    }

    /// <summary>The difference in price has gone back.</summary>
    public sealed record RebatePaid(string RefundNo, DateTimeOffset At) : OrderEvent
    {
        internal override LogLine Line() => new(At, OrderActors.System, "rebate_paid", RefundNo);
    }
}
