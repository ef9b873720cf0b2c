using Pond.Kernel;

namespace Pond.Orders;

/// <summary>Why something cannot be asked back, decided, or sent.</summary>
public static class RefundRefusals
{
    public static readonly Refusal Missing =
        new("refund.missing", RefusalKind.Missing, "没有找到这笔退款申请。");

    public static readonly Refusal NotPaid =
        new("refund.not_paid", RefusalKind.Conflict, "订单尚未付款，不能申请退款。");

    public static readonly Refusal OrderOver =
        new("refund.order_over", RefusalKind.Conflict, "订单已取消或已全部退款。");

    public static readonly Refusal TooLate =
        new("refund.too_late", RefusalKind.Conflict, "订单已过售后期限，请联系客服。");

    public static readonly Refusal TooMany =
        new("refund.too_many", RefusalKind.Exhausted, "这个订单的退款次数已达上限，请联系客服。");

    public static readonly Refusal LineMissing =
        new("refund.line_missing", RefusalKind.Invalid, "订单中没有这一行商品，或同一行出现了两次。");

    public static readonly Refusal TooMuch =
        new("refund.too_much", RefusalKind.Conflict, "所选件数超过了还可以退的件数。");

    public static readonly Refusal GiftAlone =
        new("refund.gift_alone", RefusalKind.Conflict, "赠品不能单独退款，请与购买的商品一起申请。");

    public static readonly Refusal NothingLeft =
        new("refund.nothing_left", RefusalKind.Conflict, "这个订单没有可以再退的内容。");

    public static readonly Refusal NotShipped =
        new("refund.not_shipped", RefusalKind.Conflict, "商品尚未发货，请申请仅退款。");

    public static readonly Refusal NotWaiting =
        new("refund.not_waiting", RefusalKind.Conflict, "这笔退款现在不能这样处理，请刷新后查看。");

    public static readonly Refusal NotInIt =
        new("refund.line_not_in_it", RefusalKind.Invalid, "要重新上架的商品不在这笔退款中。");
}
