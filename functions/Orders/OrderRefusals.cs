using Pond.Kernel;

namespace Pond.Orders;

/// <summary>The "no"s of placing, paying and cancelling.</summary>
public static class OrderRefusals
{
    public static readonly Refusal Missing = new("order.missing", RefusalKind.Missing, "没有找到该订单。");
    public static readonly Refusal Open = new("order.open", RefusalKind.Conflict, "有订单尚未支付，请先支付或取消订单。");
    public static readonly Refusal TooManyOpen =
        new("order.too_many_open", RefusalKind.Conflict, "您待支付的订单过多，请先支付或取消部分订单。");
    public static readonly Refusal PriceChanged =
        new("order.price_changed", RefusalKind.Conflict, "价格已更新，请确认后重新下单。");
    public static readonly Refusal AddressNeeded = new("order.address_needed", RefusalKind.Invalid, "请选择收货地址。");
    public static readonly Refusal GoodsGone = new("order.goods_gone", RefusalKind.Conflict, "部分商品已下架，请重新选择。");
    public static readonly Refusal NoteWithoutAddress =
        new("order.note_without_address", RefusalKind.Invalid, "没有收货地址的订单不能填写备注。");
    public static readonly Refusal Abandoned = new("order.abandoned", RefusalKind.Conflict, "下单未能完成，请重新下单。");
    public static readonly Refusal Placing = new("order.placing", RefusalKind.Conflict, "订单正在提交，请稍后再试。");
    public static readonly Refusal Closing = new("order.closing", RefusalKind.Conflict, "订单正在取消，不能支付。");
    public static readonly Refusal Cancelled = new("order.cancelled", RefusalKind.Conflict, "订单已取消。");
    public static readonly Refusal AlreadyPaid =
        new("order.already_paid", RefusalKind.Conflict, "订单已支付，如需退款请申请售后。");
    public static readonly Refusal PayLate = new("order.pay_late", RefusalKind.Conflict, "支付时间已过，订单即将关闭。");
    public static readonly Refusal TooManyAttempts =
        new("order.too_many_attempts", RefusalKind.Conflict, "支付次数过多，请取消后重新下单。");

    public static readonly Refusal NoSuchState =
        new("order.no_such_state", RefusalKind.Invalid, "没有这种订单状态。");

    internal static readonly Refusal NotPlaced = new("order.not_placed", RefusalKind.Missing, "还没有这笔订单。");
}
