using Pond.Kernel;

namespace Pond.Touches;

/// <summary>The "no"s of this slice.</summary>
public static class TouchRefusals
{
    public static readonly Refusal NoSuchOccasion =
        new("touch.no_such_occasion", RefusalKind.Missing, "没有这种消息场景。");

    public static readonly Refusal NotToSilence = new(
        "touch.not_to_silence", RefusalKind.Invalid, "订单付款和拼团结果的通知不能关闭。");

    public static readonly Refusal NoSuchDay = new("touch.no_such_day", RefusalKind.Missing, "日期须形如 2026-11-21。");

    public static readonly Refusal TemplateStale =
        new("touch.template_stale", RefusalKind.Conflict, "消息模板已被他人修改，请刷新后重试。");

    public static readonly Refusal PushesOff = new("wechat_push.off", RefusalKind.Missing, "没有启用微信消息推送。");

    public static readonly Refusal BadPush =
        new("wechat_push.refused", RefusalKind.Invalid, "消息推送的签名或内容不正确。");
}
