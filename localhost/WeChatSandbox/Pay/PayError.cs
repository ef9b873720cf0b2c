namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A failure as WeChat Pay tells it: a status of HTTP, and a code in the body.</summary>
internal sealed record PayError(int Status, string Code, string Message, object? Detail = null)
{
    public static readonly PayError OrderPaid = new(400, "ORDERPAID", "该订单已支付");
    public static readonly PayError OrderClosed = new(400, "ORDER_CLOSED", "订单已关闭");
    public static readonly PayError OrderChanged = Invalid("请求重入时，参数与首次请求时不一致");
    public static readonly PayError NoOrder = new(404, "ORDER_NOT_EXIST", "订单不存在");
    public static readonly PayError NoMerchant = new(400, "MCH_NOT_EXISTS", "商户号不存在");
    public static readonly PayError OtherApp = new(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
    public static readonly PayError NoResource = new(404, "RESOURCE_NOT_EXISTS", "查询的资源不存在");
    public static readonly PayError NotEnough = new(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
    public static readonly PayError NoBill = new(400, "NO_STATEMENT_EXIST", "账单文件不存在");
    public static readonly PayError BillInTheMaking = new(400, "STATEMENT_CREATING", "账单生成中");

    public static PayError Invalid(string message) => new(400, "INVALID_REQUEST", message);

    /// <param name="field">Such as <c>/amount/total</c>.</param>
    public static PayError Param(string field, string issue, string location = "body") =>
        new(400, "PARAM_ERROR", $"参数错误：{field} {issue}", new { field, issue, location });

    /// <summary>What a scripted status looks like.</summary>
    public static PayError OfStatus(int status, string? code) => new(
        status,
        code ?? status switch
        {
            429 => "FREQUENCY_LIMITED",
            >= 500 => "SYSTEM_ERROR",
            404 => "RESOURCE_NOT_EXISTS",
            403 => "RULE_LIMIT",
            401 => "SIGN_ERROR",
            _ => "INVALID_REQUEST",
        },
        "scripted failure");
}

/// <summary>Ends the handling of a request with the error.</summary>
internal sealed class PayException(PayError error) : Exception(error.Message)
{
    public PayError Error { get; } = error;
}
