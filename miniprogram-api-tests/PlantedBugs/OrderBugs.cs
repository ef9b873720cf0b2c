namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how an order is placed, paid, cancelled and asked back.</summary>
internal static class OrderBugs
{
    private const string Rules = "Orders/OrderRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "time out without closing",
            "An order that nobody has paid in time is cancelled while somebody may be paying.",
            new Patch(
                Rules,
                "? Cancel(desk, new Cancellation(CancelCause.TimeOut, Code: null, now), OrderActors.System)",
                """
                ? PLANTED
                    ? Cancelled(order, new Cancellation(CancelCause.TimeOut, Code: null, now), OrderActors.System)
                    : Cancel(desk, new Cancellation(CancelCause.TimeOut, Code: null, now), OrderActors.System)
                """)),
        new(
            "paid twice",
            "Neither the payment nor the order looks whether the same money was booked already.",
            new Patch("Payments/PaymentRules.cs", "if (payment.Paid is { } paid)", "if (payment.Paid is { } paid && !PLANTED)"),
            new Patch(
                Rules,
                "if (order.Payment?.OutTradeNo == payment.OutTradeNo",
                "if (!PLANTED && order.Payment?.OutTradeNo == payment.OutTradeNo")),
        new(
            "amount not compared",
            "A payment of any amount, by anybody, pays the order.",
            new Patch(
                Rules,
                "&& payment.IsAsAsked\n        && payment.AmountFen == order.Cart.PayableFen()",
                "&& (PLANTED || payment.IsAsAsked\n        && payment.AmountFen == order.Cart.PayableFen())")),
        new(
            "stray money kept",
            "Money that no order wants does not go back.",
            new Patch(
                "Orders/OrderEvents.cs",
                "=> [PaymentMessages.RefundWanted(Refund)];",
                "=> PLANTED ? [] : [PaymentMessages.RefundWanted(Refund)];")),
        new(
            "refunds without limit",
            "Pieces that were asked back already can be asked back again, and the payment lets it.",
            new Patch(
                "Orders/RefundShareRules.cs",
                "line.Quantity - Of(order, line.Number, Counts).Quantity;",
                "line.Quantity - (PLANTED ? 0 : Of(order, line.Number, Counts).Quantity);"),
            new Patch(
                "Orders/RefundShareRules.cs",
                "var asked = Of(order, line.Number, Counts);",
                "var asked = Of(order, line.Number, PLANTED ? _ => false : Counts);"),
            new Patch(
                "Payments/PaymentRefundRules.cs",
                "|| SumFen(book) + wanted.AmountFen > paid.AmountFen)",
                "|| !PLANTED && SumFen(book) + wanted.AmountFen > paid.AmountFen)")),
        new(
            "placed and refused",
            "Who asks again for an order that is placed is told that its coupon is taken: by that order.",
            new Patch(
                "Orders/PlaceOrder.cs",
                "if (known.Refusal != OrderRefusals.NotPlaced) return known;",
                "if (known.Refusal != OrderRefusals.NotPlaced && !PLANTED) return known;"),
            new Patch("Orders/PlaceOrder.cs", "catch (ProblemException)", "catch (ProblemException) when (!PLANTED)")),
        new(
            "ordered without reserving",
            "An order counts on stock that nobody keeps for it.",
            new Patch(
                "Orders/OrderReservations.cs",
                "return await stock.Reserve(\n            order.Id,\n",
                """
                if (PLANTED)
                    return ([.. order.Wanted.Select(want => new ReservedStock(want.SkuId, 0, want.Quantity))], null);
                return await stock.Reserve(
                            order.Id,

                """)),
    ];
}
