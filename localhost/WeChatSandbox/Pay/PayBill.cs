using System.Globalization;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A day's bill: comma-separated, a backtick before every value, money in yuan, sums at the end.</summary>
internal static class PayBill
{
    /// <summary>When a day's bill is there: at ten in the morning of the next, in China.</summary>
    public static readonly TimeSpan ReadyAfter = TimeSpan.FromHours(24 + 10);

    private const string Head =
        "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
        + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
        + "手续费,费率,订单金额,申请退款金额,费率备注";

    private const string SumsHead =
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    private const string LineEnd = "\r\n";
    private const string NoMoney = "0.00";

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>Empty when nothing happened that day.</summary>
    public static string Of(
        DateOnly day, SandboxOptions options, IEnumerable<SandboxPayment> payments, IEnumerable<SandboxRefund> refunds)
    {
        var all = payments.ToList();
        var byNumber = all.ToDictionary(payment => payment.OutTradeNo);
        var paid = all.Where(payment => payment.PaidAt is { } at && Day(at) == day).ToList();
        var back = refunds.Where(refund => Day(refund.CreatedAt) == day)
            .Where(refund => refund.Status != SandboxRefundStatus.Closed).ToList();
        if (paid.Count + back.Count == 0)
            return "";

        var lines = paid.Select(payment => (At: payment.PaidAt!.Value, Line: Line(payment, null, options)))
            .Concat(back.Select(refund => (At: refund.CreatedAt, Line: Line(byNumber[refund.OutTradeNo], refund, options))))
            .OrderBy(line => line.At).Select(line => line.Line);
        var (paidFen, backFen) = (paid.Sum(payment => payment.PaidFen), back.Sum(refund => refund.AmountFen));
        var sums = Values(
            $"{paid.Count + back.Count}", Yuan(paidFen), Yuan(backFen), NoMoney, "0.00000", Yuan(paidFen), Yuan(backFen));
        return new StringBuilder("\uFEFF").AppendJoin(LineEnd, [Head, .. lines, SumsHead, sums]).Append(LineEnd).ToString();
    }

    /// <summary>The day in China.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(ChinaOffset).Date);

    private static string Line(SandboxPayment payment, SandboxRefund? refund, SandboxOptions options) => Values(
        Moment(refund?.CreatedAt ?? payment.PaidAt!.Value),
        options.AppId,
        options.Merchant?.MchId ?? "",
        "0",
        "",
        payment.TransactionId!,
        payment.OutTradeNo,
        payment.PayerOpenId!,
        "JSAPI",
        refund is null ? "SUCCESS" : "REFUND",
        "OTHERS",
        "CNY",
        refund is null ? Yuan(payment.PaidFen) : NoMoney,
        NoMoney,
        refund?.RefundId ?? "0",
        refund?.RefundNo ?? "0",
        refund is null ? NoMoney : Yuan(refund.AmountFen),
        NoMoney,
        refund is null ? "" : "ORIGINAL",
        refund is null ? "" : PayJson.Status(refund.Status),
        payment.Description,
        payment.Attach ?? "",
        "0.00000",
        "0.60%",
        refund is null ? Yuan(payment.PaidFen) : NoMoney,
        refund is null ? NoMoney : Yuan(refund.AmountFen),
        "");

    private static string Values(params string[] values) => string.Join(',', values.Select(value => $"`{value}"));

    private static string Moment(DateTimeOffset instant) =>
        instant.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
