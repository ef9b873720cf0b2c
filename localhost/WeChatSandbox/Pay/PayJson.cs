using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What WeChat Pay writes of payments and refunds, and how.</summary>
internal static class PayJson
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of<T>(T body) => JsonSerializer.Serialize(body, Options);

    /// <summary>In China, to the second.</summary>
    public static string? Time(DateTimeOffset? instant) =>
        instant?.ToOffset(ChinaOffset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Of a payment that nobody has paid many fields are missing.</summary>
    public static object Transaction(SandboxPayment payment, SandboxMerchant merchant, string appId, bool paying = false) =>
        payment.TransactionId is null
            ? new
            {
                amount = new { total = payment.AmountFen, currency = "CNY" },
                appid = appId,
                mchid = merchant.MchId,
                out_trade_no = payment.OutTradeNo,
                promotion_detail = Array.Empty<object>(),
                trade_state = paying ? "USERPAYING" : State(payment.State),
                trade_state_desc = paying ? "用户支付中" : Description(payment.State),
            }
            : new
            {
                appid = appId,
                mchid = merchant.MchId,
                out_trade_no = payment.OutTradeNo,
                transaction_id = payment.TransactionId,
                trade_type = "JSAPI",
                trade_state = State(payment.State),
                trade_state_desc = Description(payment.State),
                bank_type = "OTHERS",
                attach = payment.Attach ?? "",
                success_time = Time(payment.PaidAt),
                payer = new { openid = payment.PayerOpenId },
                amount = new
                {
                    total = payment.PaidFen,
                    payer_total = payment.PaidFen,
                    currency = "CNY",
                    payer_currency = "CNY",
                },
            };

    /// <summary>A refund as its request and its query answer.</summary>
    public static object Refund(SandboxRefund refund) => new
    {
        refund_id = refund.RefundId,
        out_refund_no = refund.RefundNo,
        transaction_id = refund.TransactionId,
        out_trade_no = refund.OutTradeNo,
        channel = "ORIGINAL",
        user_received_account = "支付用户零钱",
        success_time = SucceededAt(refund),
        create_time = Time(refund.CreatedAt),
        status = Status(refund.Status),
        funds_account = "UNSETTLED",
        amount = new
        {
            total = refund.TotalFen,
            refund = refund.AmountFen,
            from = Array.Empty<object>(),
            payer_total = refund.TotalFen,
            payer_refund = refund.AmountFen,
            settlement_refund = refund.AmountFen,
            settlement_total = refund.TotalFen,
            discount_refund = 0,
            currency = "CNY",
        },
        promotion_detail = Array.Empty<object>(),
    };

    /// <summary>A refund as a notification tells it: the status has another name there.</summary>
    public static object RefundNews(SandboxRefund refund, SandboxMerchant merchant) => new
    {
        mchid = merchant.MchId,
        transaction_id = refund.TransactionId,
        out_trade_no = refund.OutTradeNo,
        refund_id = refund.RefundId,
        out_refund_no = refund.RefundNo,
        refund_status = Status(refund.Status),
        success_time = SucceededAt(refund),
        user_received_account = "支付用户零钱",
        amount = new
        {
            total = refund.TotalFen,
            refund = refund.AmountFen,
            payer_total = refund.TotalFen,
            payer_refund = refund.AmountFen,
        },
    };

    public static string Status(SandboxRefundStatus status) => status.ToString().ToUpperInvariant();

    private static string? SucceededAt(SandboxRefund refund) =>
        refund.Status == SandboxRefundStatus.Success ? Time(refund.SettledAt) : null;

    private static string State(SandboxTradeState state) => state.ToString().ToUpperInvariant();

    private static string Description(SandboxTradeState state) => state switch
    {
        SandboxTradeState.NotPay => "订单未支付",
        SandboxTradeState.Success => "支付成功",
        SandboxTradeState.Refund => "订单发生过退款，退款详情请查询退款单",
        _ => "订单已关闭",
    };
}
