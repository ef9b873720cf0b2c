using System.Globalization;
using Pond.Kernel;
using Pond.Operators;
using Pond.Payments;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>ORD-05, ORD-11, ORD-12: how a refund goes on, from the shop's answer to the money. Pure.</summary>
public static class RefundRules
{
    /// <summary>Our number of a refund at WeChat Pay.</summary>
    public static string NumberOf(string orderId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{orderId}-R{number:00}");

    /// <summary>The number of a refund within its order; 0, which none has, for anything else.</summary>
    public static int Parse(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;

    /// <summary>Whether a line has left the shop.</summary>
    public static bool IsSent(Order order, int lineNumber) =>
        order.Shipments.Any(shipment => shipment.LineNumbers.Contains(lineNumber));

    /// <summary>Whether nothing of a refund has left the shop.</summary>
    public static bool IsUnsent(Order order, OrderRefund refund) =>
        refund.Lines.All(line => !IsSent(order, line.LineNumber));

    /// <summary>The shop answers what is asked, or says whether it accepts goods that came back.</summary>
    public static Decision<OrderEvent> Decide(
        Order order, int number, RefundVerdict verdict, string operatorId, AfterSaleTerms terms, DateTimeOffset now)
    {
        if (Find(order, number) is not { } refund) return RefundRefusals.Missing;
        if (refund.State is not (RefundState.Applied or RefundState.Returning)) return RefundRefusals.NotWaiting;
        if (WhyNoRestock(refund.Lines, verdict.RestockedLines) is { } why) return why;

        var actor = OrderActors.Operator(operatorId);
        var answered = refund with { Answer = verdict.Reason, IsMerchantsFault = verdict.IsMerchantsFault };
        var isReturned = refund.State is RefundState.Returning;
        var facts = (verdict.IsYes, isReturned) switch
        {
            (true, true) => PaidOut(order, answered, refund.State, verdict.RestockedLines, actor, terms, now),
            (true, false) => Agreed(order, answered, verdict.RestockedLines, actor, terms, now),
            (false, true) => [End(answered, RefundState.GoodsRefused, actor, now)],
            (false, false) => [End(answered, RefundState.Rejected, actor, now)],
        };
        return ByOperator(facts, operatorId, verdict.Reason);
    }

    /// <summary>The shopper says how the goods are sent back.</summary>
    public static Decision<OrderEvent> SendBack(
        Order order, int number, string company, string trackingNo, AfterSaleTerms terms, DateTimeOffset now)
    {
        if (Find(order, number) is not { } refund) return RefundRefusals.Missing;
        if (refund.State is not RefundState.AwaitingReturn) return RefundRefusals.NotWaiting;

        var sent = refund with
        {
            State = RefundState.Returning,
            ReturnCompany = company,
            ReturnTrackingNo = trackingNo,
            RespondBy = now + terms.Inspection,
        };
        return new OrderEvent.RefundMoved(sent, refund.State, OrderActors.Member, now);
    }

    /// <summary>The shopper changes their mind; what is on its way already cannot be taken back.</summary>
    public static Decision<OrderEvent> Withdraw(Order order, int number, DateTimeOffset now)
    {
        if (Find(order, number) is not { } refund) return RefundRefusals.Missing;
        return refund.State switch
        {
            RefundState.Withdrawn => Decision<OrderEvent>.Nothing,
            RefundState.Applied or RefundState.AwaitingReturn =>
                End(refund, RefundState.Withdrawn, OrderActors.Member, now),
            _ => RefundRefusals.NotWaiting,
        };
    }

    /// <summary>
    /// Whoever's turn it was has let the time pass. A shop that is silent agrees, as far as no money leaves for goods
    /// that left as well: to give back what was not sent, and to take goods back. For the rest a person has to decide,
    /// and is told again and again. A shopper who does not send the goods has changed their mind; one who does not say
    /// that everything has come has got it (ORD-11).
    /// </summary>
    public static Decision<OrderEvent> Lapse(Order order, AfterSaleTerms terms, DateTimeOffset now)
    {
        var facts = new List<OrderEvent>();
        foreach (var refund in order.Refunds.Where(refund => refund.RespondBy <= now))
        {
            var next = Lapsed(order, refund, terms, now).ToArray();
            order = next.Aggregate(order, RefundFold.Apply);
            facts.AddRange(next);
        }

        return facts.Count > 0 ? facts.ToArray() : ShippingRules.ReceiveLate(order, now);
    }

    /// <summary>WeChat has paid it back.</summary>
    public static Decision<OrderEvent> Settle(
        Order order, string refundNo, AfterSaleTerms terms, DateTimeOffset now)
    {
        if (order.Strays.Any(stray => OrderRules.StrayRefundNo(stray.OutTradeNo) == refundNo))
            return Decision<OrderEvent>.Nothing; // the order never had that money
        if (order.Deal?.Rebate is { } rebate && rebate.RefundNo == refundNo)
            return rebate.IsPaid ? Decision<OrderEvent>.Nothing : new OrderEvent.RebatePaid(refundNo, now);
        return order.Refunds.FirstOrDefault(one => one.RefundNo == refundNo) switch
        {
            null => RefundRefusals.Missing,
            { State: RefundState.Refunded } => Decision<OrderEvent>.Nothing,
            { State: RefundState.Refunding } refund => RefundPayRules.PaidBack(order, refund, terms, now),
            _ => RefundRefusals.NotWaiting,
        };
    }

    /// <summary>The shop agrees: the money goes back, or first the goods come back.</summary>
    /// <param name="restocked">Numbers of lines; null for those that were not sent.</param>
    internal static IEnumerable<OrderEvent> Agreed(
        Order order,
        OrderRefund refund,
        IReadOnlyList<int>? restocked,
        string actor,
        AfterSaleTerms terms,
        DateTimeOffset now) => refund.Kind is RefundKind.MoneyOnly
        ? PaidOut(order, refund, refund.State, restocked, actor, terms, now)
        :
        [
            new OrderEvent.RefundMoved(
                refund with { State = RefundState.AwaitingReturn, RespondBy = now + terms.Return },
                refund.State, actor, now),
        ];

    /// <summary>
    /// The money goes on its way. Only now it is certain whether this is the last of an order that was never sent, so
    /// only now the freight is reckoned for good. Where no money was paid, it has arrived already (ORD-08).
    /// </summary>
    internal static IEnumerable<OrderEvent> PaidOut(
        Order order,
        OrderRefund refund,
        RefundState? before,
        IReadOnlyList<int>? restocked,
        string actor,
        AfterSaleTerms terms,
        DateTimeOffset now)
    {
        var paying = RefundPayRules.Final(order, refund, restocked, isNew: before is null);
        var moved = new OrderEvent.RefundMoved(paying, before, actor, now);
        if (paying.AmountFen == 0)
            return [moved, RefundPayRules.PaidBack(RefundFold.Apply(order, moved), paying, terms, now)];

        var wanted = new RefundWantedV1(
            paying.RefundNo, order.Payment!.OutTradeNo!, order.Id, order.MemberId, paying.AmountFen, paying.Reason);
        return [moved with { Wanted = wanted }];
    }

    /// <summary>The same facts, and who stands behind them.</summary>
    internal static OrderEvent[] ByOperator(IEnumerable<OrderEvent> facts, string operatorId, string reason) =>
    [
        .. facts.Select(fact => fact is OrderEvent.RefundMoved moved
            ? moved with
            {
                Act = new OperatorActedV1(
                    operatorId, "order.refund", moved.Refund.RefundNo, reason,
                    moved.Before is { } before ? ResponseJson.NameOf(before) : null,
                    ResponseJson.NameOf(moved.Refund.State), moved.At),
            }
            : fact),
    ];

    internal static Refusal? WhyNoRestock(IReadOnlyList<RefundLine> lines, IReadOnlyList<int>? restocked) =>
        restocked?.All(number => lines.Any(line => line.LineNumber == number)) is false
            ? RefundRefusals.NotInIt
            : null;

    private static IEnumerable<OrderEvent> Lapsed(
        Order order, OrderRefund refund, AfterSaleTerms terms, DateTimeOffset now) => refund.State switch
        {
            RefundState.AwaitingReturn => [End(refund, RefundState.Withdrawn, OrderActors.System, now)],
            RefundState.Applied when refund.Kind is RefundKind.ReturnGoods || IsUnsent(order, refund) =>
                Agreed(order, refund, restocked: null, OrderActors.System, terms, now),
            _ =>
            [
                new OrderEvent.RefundMoved(
                refund with
                {
                    RespondBy = now + (refund.State is RefundState.Applied ? terms.Decision : terms.Inspection),
                },
                refund.State, OrderActors.System, now),
        ],
        };

    private static OrderEvent.RefundMoved End(
        OrderRefund refund, RefundState after, string actor, DateTimeOffset now) =>
        new(refund with { State = after, RespondBy = null }, refund.State, actor, now);

    private static OrderRefund? Find(Order order, int number) =>
        order.Refunds.FirstOrDefault(refund => refund.Number == number);
}
