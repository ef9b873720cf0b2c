using Pond.Kernel;
using Pond.Members;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>Begins payments of orders: the number is kept before WeChat hears of it.</summary>
public sealed class OrderPayments(Transactor transactor, PartitionStore store, PaymentDesk desk, TimeProvider clock)
{
    /// <summary>
    /// What came of beginning a payment. Under a number that is closed nobody can pay any more: another one takes its
    /// place.
    /// </summary>
    public async Task<PaymentStart> Begin(Order order, Operation operation, CancellationToken cancel)
    {
        for (var round = 1; round <= OrderRules.AttemptsMax; round++)
        {
            var decision = await transactor.Run(
                OrderRows.Of(order.MemberId, order.Id),
                operation with { Key = $"{operation.Key}|{round}" },
                OrderRules.BeginPayment,
                cancel);
            if (decision.Refusal is { } refusal) return new PaymentStart.NotNow(refusal);

            // The answer may be that of a former call; what counts is the order as it is now.
            order = (await Load(order, cancel))!;
            if (OrderRules.WhyNotPay(order, clock.GetUtcNow()) is { } why) return new PaymentStart.NotNow(why);
            if (order.OpenAttempt() is not { } attempt) continue;

            var start = await desk.Begin(WishOf(order, attempt), cancel);
            if (start is not PaymentStart.Closed) return start;
            await Close(order, attempt.OutTradeNo, cancel);
        }

        return new PaymentStart.NotNow(OrderRefusals.TooManyAttempts);
    }

    private Task<Decision<OrderEvent>> Close(Order order, string outTradeNo, CancellationToken cancel) =>
        transactor.Run(
            OrderRows.Of(order.MemberId, order.Id),
            new Operation(nameof(OrderPayments), outTradeNo, Fingerprint: null),
            (state, now) => OrderRules.CloseAttempt(state, outTradeNo, now),
            cancel);

    private Task<Order?> Load(Order order, CancellationToken cancel) =>
        store.Find<Order>(MemberRows.Partition(order.MemberId), OrderRows.Row(order.Id), cancel);

    private static PaymentWish WishOf(Order order, PaymentAttempt attempt) => new(
        attempt.OutTradeNo, order.Id, order.MemberId, OrderTexts.Description(order.Cart), order.Cart.PayableFen(),
        order.PayBy);
}
