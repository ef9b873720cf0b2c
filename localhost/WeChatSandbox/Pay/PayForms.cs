using System.Globalization;
using System.Text.RegularExpressions;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The bodies that WeChat Pay takes, with the limits of every field.</summary>
internal static partial class PayForms
{
    public const int GoodsMax = 6000;

    private const int NumberBytes = 32;
    private const int UrlBytes = 255;

    private static readonly TimeSpan ExpiryMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ExpiryMax = TimeSpan.FromDays(90);

    /// <summary>The payment that is asked for.</summary>
    public static SandboxPayment Prepay(byte[] body, SandboxOptions options, DateTimeOffset now)
    {
        var fields = PayFields.Of(body);
        var appId = fields.Text("appid", NumberBytes);
        var mchId = fields.Text("mchid", NumberBytes);
        var description = fields.Text("description", 127);
        var outTradeNo = fields.Text("out_trade_no", NumberBytes, 6, TradeNumber());
        var timeExpire = fields.TextOrNone("time_expire", 64);
        var attach = fields.TextOrNone("attach", 128);
        var notifyUrl = NotifyUrl(fields, fields.Text("notify_url", UrlBytes));
        fields.TextOrNone("goods_tag", NumberBytes);
        fields.FlagOrNone("support_fapiao");
        fields.TextOrNone("limit_pay", NumberBytes);
        var amount = fields.Object("amount");
        var total = amount.Number("total", min: 1);
        Currency(amount, amount.TextOrNone("currency", 16));
        amount.End();
        var payer = fields.Object("payer");
        var openId = payer.Text("openid", 128);
        payer.End();
        Detail(fields.ObjectOrNone("detail"));
        Scene(fields.ObjectOrNone("scene_info"));
        if (fields.ObjectOrNone("settle_info") is { } settle)
        {
            settle.FlagOrNone("profit_sharing");
            settle.End();
        }

        fields.End();
        if (mchId != options.Merchant!.MchId)
            throw new PayException(PayError.NoMerchant);
        if (appId != options.AppId)
            throw new PayException(PayError.OtherApp);
        return new(outTradeNo, description, total, openId, now, ExpiresAt(fields, timeExpire, now), PrepayId: "")
        {
            NotifyUrl = notifyUrl,
            Attach = attach,
            Parameters = PayFields.OneForm(body),
        };
    }

    /// <summary>The refund that is asked for.</summary>
    public static RefundOrder Refund(byte[] body)
    {
        var fields = PayFields.Of(body);
        var transactionId = fields.TextOrNone("transaction_id", NumberBytes);
        var outTradeNo = fields.TextOrNone("out_trade_no", NumberBytes, 6, TradeNumber());
        if (transactionId is null && outTradeNo is null)
            throw fields.Wrong("out_trade_no");
        var refundNo = fields.Text("out_refund_no", 64, form: RefundNumber());
        fields.TextOrNone("reason", 80);
        var notifyUrl = fields.TextOrNone("notify_url", 256, 8);
        if (fields.TextOrNone("funds_account", NumberBytes) is not (null or "AVAILABLE" or "UNSETTLED"))
            throw fields.Wrong("funds_account");
        var amount = fields.Object("amount");
        var refund = amount.Number("refund", min: 1);
        var total = amount.Number("total", min: 1);
        Currency(amount, amount.Text("currency", 16));
        foreach (var from in amount.ListOrNone("from", 16))
        {
            from.Text("account", NumberBytes);
            from.Number("amount", min: 1);
            from.End();
        }

        amount.End();
        foreach (var goods in fields.ListOrNone("goods_detail", GoodsMax)) RefundedGoods(goods);
        fields.End();
        if (refund > total)
            throw amount.Wrong("refund");
        return new(
            refundNo, outTradeNo, transactionId, refund, total,
            notifyUrl is null ? null : NotifyUrl(fields, notifyUrl), PayFields.OneForm(body));
    }

    /// <summary>The merchant's number, which is all that closing says.</summary>
    public static string Close(byte[] body)
    {
        var fields = PayFields.Of(body);
        var mchId = fields.Text("mchid", NumberBytes);
        fields.End();
        return mchId;
    }

    private static void Detail(PayFields? detail)
    {
        if (detail is null) return;
        detail.NumberOrNone("cost_price");
        detail.TextOrNone("invoice_id", NumberBytes);
        foreach (var goods in detail.ListOrNone("goods_detail", GoodsMax))
        {
            goods.Text("merchant_goods_id", NumberBytes, form: GoodsId());
            goods.TextOrNone("wechatpay_goods_id", NumberBytes);
            goods.TextOrNone("goods_name", 256);
            goods.Number("quantity", min: 1);
            goods.Number("unit_price");
            goods.End();
        }

        detail.End();
    }

    private static void Scene(PayFields? scene)
    {
        if (scene is null) return;
        scene.Text("payer_client_ip", 45);
        scene.TextOrNone("device_id", NumberBytes);
        if (scene.ObjectOrNone("store_info") is { } store)
        {
            store.Text("id", NumberBytes);
            store.TextOrNone("name", 256);
            store.TextOrNone("area_code", NumberBytes);
            store.TextOrNone("address", 512);
            store.End();
        }

        scene.End();
    }

    private static void RefundedGoods(PayFields goods)
    {
        goods.Text("merchant_goods_id", NumberBytes, form: GoodsId());
        goods.TextOrNone("wechatpay_goods_id", NumberBytes);
        goods.TextOrNone("goods_name", 256);
        goods.Number("unit_price");
        goods.Number("refund_amount");
        goods.Number("refund_quantity", min: 1);
        goods.End();
    }

    private static void Currency(PayFields amount, string? currency)
    {
        if (currency is not (null or "CNY"))
            throw amount.Wrong("currency");
    }

    /// <summary>No query, and encrypted unless it stays on this machine.</summary>
    private static string NotifyUrl(PayFields fields, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Query.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? text
            : throw fields.Wrong("notify_url");

    /// <summary>At least a minute from now, at most ninety days; seven when nothing is said.</summary>
    private static DateTimeOffset ExpiresAt(PayFields fields, string? text, DateTimeOffset now)
    {
        if (text is null)
            return now + PaymentBook.OpenMax;
        string[] forms = ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"];
        if (!DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked))
            throw fields.Wrong("time_expire");
        return asked < now + ExpiryMin ? now + ExpiryMin : asked > now + ExpiryMax ? now + ExpiryMax : asked;
    }

    [GeneratedRegex(@"^[0-9A-Za-z_\-*]+\z")]
    private static partial Regex TradeNumber();

    [GeneratedRegex(@"^[0-9A-Za-z_\-|*@]+\z")]
    private static partial Regex RefundNumber();

    [GeneratedRegex(@"^[0-9A-Za-z_\-]+\z")]
    private static partial Regex GoodsId();
}
