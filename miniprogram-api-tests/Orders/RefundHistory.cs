using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using Pond.Products;
using Pond.Tiers;

namespace Pond.Tests.Orders;

public enum RefundStepKind
{
    Ask,
    AskToReturn,
    Agree,
    Refuse,
    SendBack,
    Withdraw,
    Settle,
    Give,
    Ship,
    Receive,
    Wait,
}

/// <summary>One thing that somebody does to a paid order.</summary>
/// <param name="Refund">Which one, counted around.</param>
/// <param name="Lines">Which lines; all that is left when none.</param>
/// <param name="Pieces">Of each line at most.</param>
public sealed record RefundStep(
    RefundStepKind Kind, int Refund, IReadOnlyList<int> Lines, int Pieces, bool Flag, int Days);

/// <summary>A paid order through any history, on the rows that the app would write.</summary>
internal sealed class RefundHistory
{
    public static readonly AfterSaleTerms Terms = new AfterSaleOptions().Terms();

    private readonly LayoutRows rows = new();
    private readonly Layout<OrderDesk, OrderEvent> layout;

    public RefundHistory(PricedCart cart, OrderDeal? deal = null)
    {
        First = Paid(cart) with { Deal = deal };
        layout = OrderRows.Of(First.MemberId, First.Id);
        rows.Put(MemberRows.Head, new MemberStanding(First.MemberId, MemberStatus.Active));
        rows.Put(OrderRows.Row(First.Id), First);
    }

    /// <summary>As it was paid.</summary>
    public Order First { get; }

    public LayoutRows Rows => rows;

    public DateTimeOffset Now { get; private set; } = HandClock.Start;

    public Order Order => rows.State(layout).Order!;

    /// <summary>Everything that has happened.</summary>
    public List<OrderEvent> Facts { get; } = [];

    public static Order Paid(PricedCart cart) => OrderSamples.Placing() with
    {
        State = OrderState.Paid,
        Cart = cart,
        AddressId = "home",
        Stock =
        [
            .. cart.Lines.SelectMany(line => new[]
            {
                new ReservedStock(line.SkuId, 0, (line.Quantity + 1) / 2),
                new ReservedStock(line.SkuId, 1, line.Quantity / 2),
            }).Where(part => part.Quantity > 0),
        ],
        Payment = cart.PayableFen() > 0
            ? new OrderPayment($"{OrderSamples.OrderId}-01", "420000", cart.PayableFen(), HandClock.Start)
            : new OrderPayment(null, null, 0, HandClock.Start),
    };

    public IReadOnlyList<OrderEvent> Play(RefundStep step)
    {
        if (step.Kind is RefundStepKind.Wait) Now = Now.AddDays(step.Days);
        return Decide(order => Decide(order, step));
    }

    public IReadOnlyList<OrderEvent> Decide(Func<Order, Decision<OrderEvent>> rule)
    {
        var decision = rows.Run(layout, desk => rule(desk.Order!));
        Facts.AddRange(decision.Facts);
        return decision.Facts;
    }

    private Decision<OrderEvent> Decide(Order order, RefundStep step)
    {
        var number = order.Refunds.Count == 0 ? 1 : 1 + (step.Refund % order.Refunds.Count);
        return step.Kind switch
        {
            RefundStepKind.Ask => RefundAskRules.Ask(
                order, new RefundAsk(RefundKind.MoneyOnly, Wishes(order, step), RefundReason.Other), Terms, Now),
            RefundStepKind.AskToReturn => RefundAskRules.Ask(
                order, new RefundAsk(RefundKind.ReturnGoods, Wishes(order, step), RefundReason.Damaged), Terms, Now),
            RefundStepKind.Agree => RefundRules.Decide(
                order, number, new RefundVerdict(true, step.Flag, step.Flag ? [] : null, "好的"), "op", Terms, Now),
            RefundStepKind.Refuse => RefundRules.Decide(
                order, number, new RefundVerdict(false, false, null, "不行"), "op", Terms, Now),
            RefundStepKind.SendBack => RefundRules.SendBack(order, number, "SF", "SF12345", Terms, Now),
            RefundStepKind.Withdraw => RefundRules.Withdraw(order, number, Now),
            RefundStepKind.Settle => RefundRules.Settle(order, RefundRules.NumberOf(order.Id, number), Terms, Now),
            RefundStepKind.Give => RefundAskRules.Give(
                order, new RefundGift(Wishes(order, step), step.Flag, false, null, "补偿"), "op", Terms, Now),
            RefundStepKind.Ship => ShippingRules.Ship(
                order, new Parcel("SF", "SF12345", "发货"), step.Lines.Count == 0 ? null : step.Lines, "op", Terms, Now),
            RefundStepKind.Receive => ShippingRules.Receive(order, Now),
            _ => RefundRules.Lapse(order, Terms, Now),
        };
    }

    private static IReadOnlyList<RefundWish>? Wishes(Order order, RefundStep step) => step.Lines.Count == 0
        ? null
        :
        [
            .. order.Cart.Lines.Where(line => step.Lines.Contains(line.Number))
                .Select(line => new RefundWish(line.Number, Math.Min(step.Pieces, line.Quantity))),
        ];

    public static Arbitrary<(PricedCart Cart, RefundStep[] Steps)> Any => (
        from cart in RefundCarts.Any
        from count in Gen.Choose(1, 40)
        from steps in AnyStep.ArrayOf(count)
        select (cart, steps)).ToArbitrary();

    private static Gen<RefundStep> AnyStep =>
        from kind in Gen.Frequency(
            (4, Gen.Constant(RefundStepKind.Ask)), (3, Gen.Constant(RefundStepKind.Agree)),
            (4, Gen.Constant(RefundStepKind.Settle)), (2, Gen.Constant(RefundStepKind.Ship)),
            (8, Gen.Elements(Enum.GetValues<RefundStepKind>())))
        from refund in Gen.Choose(0, 50)
        from lines in Gen.SubListOf(1, 2, 3, 4)
        from pieces in Gen.Choose(1, 3)
        from flag in Gen.Elements(true, false)
        from days in Gen.Choose(0, 9)
        select new RefundStep(kind, refund, [.. lines], pieces, flag, days);
}

/// <summary>Carts of any kind, frozen as an order has them.</summary>
internal static class RefundCarts
{
    private static readonly string[] Templates = ["a", "a", "b"];

    public static Gen<PricedCart> Any =>
        from count in Gen.Choose(1, 4)
        from lines in AnyLine.ArrayOf(count)
        from hasGift in Gen.Elements(true, false)
        from freight in Gen.Choose(0, 1_500)
        from freightOff in Gen.Choose(0, freight)
        from gifts in Gen.Choose(0, 2).SelectMany(many => AnyGift(count).ArrayOf(many))
        from earning in (
            from points in Gen.Choose(0, 5)
            from bp in Gen.Choose(10_000, 30_000)
            from growth in Gen.Choose(0, 3)
            select new EarnTerms(points, bp, growth))
        let numbered = lines.Select((line, index) => line with
        {
            Number = index + 1,
            SkuId = $"sku-{index + 1}",
            IsGift = hasGift && count > 1 && index == count - 1,
        }).Select(line => line.IsGift
            ? line with { PriceFen = 0, PromotionOffFen = 0, CouponOffFen = 0, PointsOffFen = 0, UsedPoints = 0 }
            : line).ToArray()
        select new PricedCart(
            numbered, freight, freightOff, numbered.Sum(line => line.UsedPoints), ["coupon-1"],
            [new PromotionUse("promotion-1", 5)],
            [.. gifts.Select(gift => Reached(gift, numbered)).Where(gift => gift.Steps.Count > 0)], earning, TierBenefits.None, Explain: []);

    // An order keeps the steps that its goods have reached.
    private static PromotionGift Reached(PromotionGift gift, PricedLine[] lines) => gift with
    {
        Steps =
        [
            .. gift.Steps.TakeWhile(step =>
                step.LeastFen <= Counted(gift, lines).Sum(line => line.PriceFen * line.Quantity)
                || step.LeastPieces <= Counted(gift, lines).Sum(line => line.Quantity)),
        ],
    };

    private static IEnumerable<PricedLine> Counted(PromotionGift gift, PricedLine[] lines) =>
        lines.Where(line => gift.LineNumbers.Contains(line.Number));

    private static Gen<PricedLine> AnyLine =>
        from quantity in Gen.Choose(1, 5)
        from price in Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(1, 20_000))
        from offBp in Gen.Choose(0, 10_000)
        from points in Gen.Choose(0, 300)
        let off = (long)price * quantity * offBp / 10_000
        select new PricedLine(
            0, "", "spu", "category", "茶", quantity, price, price, off / 2, off - (off / 2),
            Math.Min(points, ((long)price * quantity) - off), points);

    private static Gen<PromotionGift> AnyGift(int lines) =>
        from counted in Gen.SubListOf(Enumerable.Range(1, lines).ToArray())
        from countsPieces in Gen.Elements(true, false)
        from leasts in Gen.Choose(1, 12).ArrayOf(3)
        from points in Gen.Choose(0, 100).ArrayOf(3)
        from templates in Gen.Choose(0, 3).ArrayOf(3)
        let steps = leasts.Order().Select((least, index) => new GiftStep(
            countsPieces ? null : least * 1_000, countsPieces ? least : null, points[index],
            Templates[..templates[index]]))
        select new PromotionGift("promotion-1", [.. counted], [.. steps]);
}
