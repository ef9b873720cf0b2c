using Pond.Kernel;
using Pond.Platform;

namespace Pond.Orders;

/// <summary>Runs the rules of paid orders where an order lies.</summary>
public sealed class AfterSale(Transactor transactor, AfterSaleOptions options)
{
    /// <summary>A rule of a paid order.</summary>
    public delegate Decision<OrderEvent> Rule(Order order, AfterSaleTerms terms, DateTimeOffset now);

    /// <summary>For the app and for operators, whatever has become of the member.</summary>
    public Task<Decision<OrderEvent>> Run(
        string memberId, string orderId, Operation operation, Rule rule, CancellationToken cancel)
    {
        var terms = options.Terms();
        return transactor.Run(
            OrderRows.Of(memberId, orderId),
            operation,
            (desk, now) => desk.Order is { } order ? rule(order, terms, now) : OrderRefusals.Missing,
            cancel);
    }

    /// <summary>The refund that the facts are about, as it is after them; null when they are about none.</summary>
    public static OrderRefund? RefundIn(IEnumerable<OrderEvent> facts) => facts
        .Select(fact => fact switch
        {
            OrderEvent.RefundMoved moved => moved.Refund,
            OrderEvent.PaidBack paid => paid.Refund,
            _ => null,
        })
        .LastOrDefault(refund => refund is not null);
}
