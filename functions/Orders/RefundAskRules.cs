using Pond.Kernel;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-05: what a shopper can ask back, and what the shop can give back. Pure.</summary>
public static class RefundAskRules
{
    /// <summary>WeChat pays one payment back in so many parts at most.</summary>
    public const int RefundsMax = 50;

    /// <summary>A shopper asks; what was not sent goes back at once where the shop says so.</summary>
    public static Decision<OrderEvent> Ask(Order order, RefundAsk ask, AfterSaleTerms terms, DateTimeOffset now)
    {
        if ((WhyNot(order) ?? WhyTooLate(order, terms, now)) is { } why) return why;
        if (Wanted(order, ask.Lines, out var lines) is { } whyNot) return whyNot;
        if (lines.Length == 0) return RefundRefusals.NothingLeft;
        if (ask.Kind is RefundKind.ReturnGoods && !lines.All(line => RefundRules.IsSent(order, line.LineNumber)))
            return RefundRefusals.NotShipped;

        var freight = RefundShareRules.Freight(order, lines, RefundShareRules.Counts);
        var refund = New(order, ask.Kind, lines, freight, RefundReasons.TextOf(ask.Reason), now) with
        {
            RespondBy = now + terms.Decision,
        };
        var asked = new OrderEvent.RefundMoved(refund, Before: null, OrderActors.Member, now);
        return terms.AgreesUnshipped && RefundRules.IsUnsent(order, refund)
            ? (OrderEvent[])
            [
                asked,
                .. RefundRules.Agreed(
                    RefundFold.Apply(order, asked), refund, restocked: null, OrderActors.System, terms, now),
            ]
            : asked;
    }

    /// <summary>The shop gives something back on its own account: there is nobody to agree.</summary>
    public static Decision<OrderEvent> Give(
        Order order, RefundGift gift, string operatorId, AfterSaleTerms terms, DateTimeOffset now)
    {
        if (WhyNot(order) is { } why) return why;
        if (Wanted(order, gift.Lines, out var lines) is { } whyNot) return whyNot;
        var freight = gift.HasFreight ? RefundShareRules.FreightLeft(order, RefundShareRules.IsAgreed) : 0;
        if (lines.Length == 0 && freight == 0) return RefundRefusals.NothingLeft;
        if (RefundRules.WhyNoRestock(lines, gift.RestockedLines) is { } notInIt) return notInIt;

        var refund = New(order, RefundKind.MoneyOnly, lines, freight, gift.Reason, now) with
        {
            IsMerchantsFault = gift.IsMerchantsFault,
        };
        return RefundRules.ByOperator(
            RefundRules.PaidOut(
                order, refund, before: null, gift.RestockedLines, OrderActors.Operator(operatorId), terms, now),
            operatorId,
            gift.Reason);
    }

    /// <summary>Everything goes back, as what the order is part of has not come about.</summary>
    internal static IEnumerable<OrderEvent> GiveAll(
        Order order, string reason, AfterSaleTerms terms, DateTimeOffset now)
    {
        RefundLine[] lines =
            [.. order.Cart.Lines.Select(line => RefundShareRules.Share(order, line, line.Quantity))];
        var freight = RefundShareRules.FreightLeft(order, RefundShareRules.IsAgreed);
        var refund = New(order, RefundKind.MoneyOnly, lines, freight, reason, now);
        return RefundRules.PaidOut(
            order, refund, before: null, restocked: null, OrderActors.System, terms, now);
    }

    private static Refusal? WhyNot(Order order) => order.WaitsForDeal() ? DealRefusals.Waits : order.State switch
    {
        OrderState.Cancelled or OrderState.Refunded => RefundRefusals.OrderOver,
        OrderState.Paid or OrderState.Shipped or OrderState.Completed =>
            order.Refunds.Count + (order.Deal?.Rebate is null ? 0 : 1) < RefundsMax ? null : RefundRefusals.TooMany,
        _ => RefundRefusals.NotPaid,
    };

    private static Refusal? WhyTooLate(Order order, AfterSaleTerms terms, DateTimeOffset now) =>
        order.CompletedAt + terms.AfterReceipt <= now ? RefundRefusals.TooLate : null;

    private static OrderRefund New(
        Order order, RefundKind kind, IReadOnlyList<RefundLine> lines, long freightFen, string reason,
        DateTimeOffset now)
    {
        var number = order.Refunds.Count + 1;
        return new OrderRefund(
            number, RefundRules.NumberOf(order.Id, number), kind, RefundState.Applied, lines,
            lines.Sum(line => line.AmountFen) + freightFen, freightFen, lines.Sum(line => line.Points),
            reason, IsMerchantsFault: false, now, RespondBy: null);
    }

    // Gifts go back along with something that was paid for, and the rest of them with the last of that.
    private static Refusal? Wanted(Order order, IReadOnlyList<RefundWish>? wishes, out RefundLine[] lines)
    {
        wishes ??= [.. order.Cart.Lines.Select(line => Rest(order, line)).Where(wish => wish.Quantity > 0)];
        lines = [];
        if (wishes.DistinctBy(wish => wish.LineNumber).Count() < wishes.Count) return RefundRefusals.LineMissing;
        var quantityOf = wishes.ToDictionary(wish => wish.LineNumber, wish => wish.Quantity);
        if (!quantityOf.Keys.All(number => order.Cart.Lines.Any(line => line.Number == number)))
            return RefundRefusals.LineMissing;
        if (order.Cart.Lines.Any(line =>
            quantityOf.GetValueOrDefault(line.Number) > RefundShareRules.Left(order, line)))
            return RefundRefusals.TooMuch;
        if (quantityOf.Count > 0 && order.Cart.Lines.All(line => line.IsGift || !quantityOf.ContainsKey(line.Number)))
            return RefundRefusals.GiftAlone;

        var isLast = quantityOf.Count > 0 && order.Cart.Lines.Where(line => !line.IsGift).All(line =>
            quantityOf.GetValueOrDefault(line.Number) == RefundShareRules.Left(order, line));
        if (isLast)
        {
            foreach (var gift in order.Cart.Lines.Where(line => line.IsGift))
                quantityOf[gift.Number] = RefundShareRules.Left(order, gift);
        }

        lines =
        [
            .. from line in order.Cart.Lines
               let quantity = quantityOf.GetValueOrDefault(line.Number)
               where quantity > 0
               select RefundShareRules.Share(order, line, quantity),
        ];
        return null;
    }

    private static RefundWish Rest(Order order, PricedLine line) =>
        new(line.Number, RefundShareRules.Left(order, line));
}
