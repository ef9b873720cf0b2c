using System.Diagnostics;
using Pond.Kernel;
using Pond.Payments;

namespace Pond.Orders;

/// <summary>ORD-14: what an order does when what it is part of comes about, or does not. Pure.</summary>
public static class DealRules
{
    /// <summary>The first answer counts: what comes late or twice changes nothing.</summary>
    public static Decision<OrderEvent> Settle(
        Order order, DealSettledV1 settled, AfterSaleTerms terms, DateTimeOffset now)
    {
        if (order.Deal is not { State: DealState.Open } deal) return Decision<OrderEvent>.Nothing;
        if (order.State is not OrderState.Paid) return DealRefusals.NotPaid;
        return settled.Reason is { } reason
            ? Fail(order, settled, reason, terms, now)
            : Fulfil(order, deal, settled, now);
    }

    /// <summary>What the slice hears that an order is part of; null of an ordinary order.</summary>
    internal static DealMovedV1? Move(Order order, DealMove move, DateTimeOffset at) => order.Deal is { } deal
        ? new DealMovedV1(deal.Kind, deal.ActivityId, deal.SubjectId, order.Id, order.MemberId, move, at)
        : null;

    internal static DealHold HoldOf(Order order, OrderDeal deal)
    {
        var line = order.Cart.Lines.Single();
        return new DealHold(
            deal.ActivityId, deal.SubjectId, order.Id, order.MemberId, line.SkuId, line.Quantity, line.PriceFen,
            order.PayBy);
    }

    internal static Order Apply(Order order, OrderEvent fact) => fact switch
    {
        OrderEvent.DealFulfilled fulfilled => Rebated(order, fulfilled.Rebate) with
        {
            Deal = order.Deal! with
            {
                State = DealState.Fulfilled,
                SubjectId = fulfilled.SubjectId,
                Rebate = fulfilled.Rebate,
            },
        },
        OrderEvent.DealFailed failed => order with
        {
            Deal = order.Deal! with { State = DealState.Failed, SubjectId = failed.SubjectId },
        },
        OrderEvent.RebatePaid => order with
        {
            Deal = order.Deal! with { Rebate = order.Deal.Rebate! with { IsPaid = true } },
        },
        _ => throw new UnreachableException($"{order.Id} {fact}"),
    };

    private static OrderEvent[] Fail(
        Order order, DealSettledV1 settled, string reason, AfterSaleTerms terms, DateTimeOffset now)
    {
        var failed = new OrderEvent.DealFailed(
            settled.SubjectId, reason, now, OrderNewsRules.GroupDone(order, settled, now));
        return [failed, .. RefundAskRules.GiveAll(Apply(order, failed), reason, terms, now)];
    }

    // What it brings follows from the price in the end, so it comes only now.
    private static OrderEvent.DealFulfilled Fulfil(
        Order order, OrderDeal deal, DealSettledV1 settled, DateTimeOffset now)
    {
        var line = order.Cart.Lines.Single();
        var backFen = checked((line.PriceFen - settled.PriceFen) * line.Quantity);
        var rebate = backFen > 0 && order.Payment?.OutTradeNo is not null
            ? new DealRebate($"{order.Id}-D", backFen)
            : null;
        var wanted = rebate is null
            ? null
            : new RefundWantedV1(
                rebate.RefundNo, order.Payment!.OutTradeNo!, order.Id, order.MemberId, rebate.AmountFen, "拼团差价退款");
        var after = Rebated(order, rebate) with { Deal = deal with { State = DealState.Fulfilled } };
        return new OrderEvent.DealFulfilled(
            settled.SubjectId, rebate, wanted, RewardRules.Of(after, now), now,
            RewardRules.ValueOf(after, order.Payment!.At), OrderNewsRules.GroupDone(after, settled, now));
    }

    private static Order Rebated(Order order, DealRebate? rebate) => rebate is null
        ? order
        : order with
        {
            Cart = order.Cart with
            {
                Lines =
                [
                    .. order.Cart.Lines.Select(line =>
                        line with { PromotionOffFen = line.PromotionOffFen + rebate.AmountFen }),
                ],
            },
        };
}
