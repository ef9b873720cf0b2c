using System.Globalization;
using Pond.Kernel;

namespace Pond.Platform.WeChat.Pay;

/// <summary>WeChat Pay APIv3, as far as a mini-program's shop needs it.</summary>
/// <remarks>
/// An outcome that is not known is said to be not known, never guessed. Every request is signed, every answer of 2xx
/// verified before it is believed. Source: pay.weixin.qq.com/doc/v3/merchant.
/// </remarks>
public sealed partial class WeChatPay(
    PayCalls calls, PaySigner signer, WeChatPayOptions options, WeChatOptions app)
{
    private const string Payments = "/v3/pay/transactions";
    private const string Currency = "CNY";

    /// <summary>POST /v3/pay/transactions/jsapi.</summary>
    /// <remarks>WeChat has several codes for a number that was used before: then a query tells more.</remarks>
    public async Task<PrepayOutcome> Prepay(PrepayRequest request, CancellationToken cancel)
    {
        var answer = await calls.Post("prepay", $"{Payments}/jsapi", Body(request), cancel);
        if (answer is null or { Status: >= 500 } or { IsBusy: true }) return new PrepayOutcome.Unknown();
        if (answer.IsSuccess)
        {
            return answer.Body.Name("prepay_id") is { } id
                ? new PrepayOutcome.Ready(id)
                : new PrepayOutcome.Unknown();
        }

        return Meaning(answer) switch
        {
            Refusals.Paid => new PrepayOutcome.Paid(),
            Refusals.Closed => new PrepayOutcome.Closed(),
            Refusals.Ambiguous => await AskedBefore(request.OutTradeNo, answer.Refusal, cancel),
            Refusals.None => new PrepayOutcome.Unknown(),
            _ => new PrepayOutcome.Refused(answer.Refusal),
        };
    }

    /// <summary>The parameters of <c>wx.requestPayment</c> for a prepared payment.</summary>
    public SignedPayment Sign(string prepayId) => signer.Payment(app.AppId, prepayId);

    /// <summary>GET /v3/pay/transactions/out-trade-no/{number}.</summary>
    public async Task<QueryOutcome> Query(string outTradeNo, CancellationToken cancel)
    {
        var path = $"{Payments}/out-trade-no/{Uri.EscapeDataString(outTradeNo)}?mchid={options.MchId}";
        var answer = await calls.Get("query", path, cancel);
        if (answer is null or { Status: >= 500 }) return new QueryOutcome.Unknown();
        if (answer.Code == "USERPAYING") return new QueryOutcome.NotPaid(); // by a 202 or a 4xx
        if (answer.IsSuccess) return State(answer.Body, outTradeNo);
        return Meaning(answer) switch
        {
            Refusals.Missing => new QueryOutcome.Missing(),
            Refusals.Closed => new QueryOutcome.Closed(),
            _ => new QueryOutcome.Unknown(),
        };
    }

    /// <summary>POST /v3/pay/transactions/out-trade-no/{number}/close.</summary>
    public async Task<CloseOutcome> Close(string outTradeNo, CancellationToken cancel)
    {
        var path = $"{Payments}/out-trade-no/{Uri.EscapeDataString(outTradeNo)}/close";
        var answer = await calls.Post("close", path, new { mchid = options.MchId }, cancel);
        if (answer is null or { Status: >= 500 } or { IsBusy: true }) return CloseOutcome.Unknown;
        if (answer.IsSuccess) return answer.Status is 200 or 204 ? CloseOutcome.Closed : CloseOutcome.Unknown;
        return Meaning(answer) switch
        {
            Refusals.Paid => CloseOutcome.Paid,
            Refusals.Closed => CloseOutcome.Closed,
            Refusals.Missing => CloseOutcome.Missing,
            Refusals.Ambiguous => Closed(await Query(outTradeNo, cancel)),
            _ => CloseOutcome.Unknown,
        };
    }

    private object Body(PrepayRequest request) => new
    {
        appid = app.AppId,
        mchid = options.MchId,
        description = request.Description,
        out_trade_no = request.OutTradeNo,
        time_expire = Time(request.ExpiresAt),
        notify_url = NotifyUrl(request.NotifyPath),
        amount = new { total = request.AmountFen, currency = Currency },
        payer = new { openid = request.OpenId },
    };

    private async Task<PrepayOutcome> AskedBefore(string outTradeNo, string code, CancellationToken cancel) =>
        await Query(outTradeNo, cancel) switch
        {
            QueryOutcome.Paid => new PrepayOutcome.Paid(),
            QueryOutcome.Closed => new PrepayOutcome.Closed(),
            QueryOutcome.Unknown => new PrepayOutcome.Unknown(),
            _ => new PrepayOutcome.Refused(code),
        };

    private QueryOutcome State(PayJson body, string outTradeNo)
    {
        if (body.Text("mchid") != options.MchId || body.Text("out_trade_no") != outTradeNo)
            return new QueryOutcome.Unknown();
        return body.Text("trade_state") switch
        {
            "SUCCESS" or "REFUND" when PayFacts.Transaction(body) is { } paid && paid.AppId == app.AppId =>
                new QueryOutcome.Paid(paid),
            "NOTPAY" or "USERPAYING" or "PAYERROR" => new QueryOutcome.NotPaid(),
            "CLOSED" or "REVOKED" => new QueryOutcome.Closed(),
            _ => new QueryOutcome.Unknown(),
        };
    }

    private static CloseOutcome Closed(QueryOutcome known) => known switch
    {
        QueryOutcome.Paid => CloseOutcome.Paid,
        QueryOutcome.Closed => CloseOutcome.Closed,
        QueryOutcome.Missing => CloseOutcome.Missing,
        _ => CloseOutcome.Unknown,
    };

    /// <summary>What a "no" to a payment says. The details are of WeChat's table "268…" for prepayments.</summary>
    private static Refusals Meaning(PayAnswer answer) => (answer.Refusal, answer.Detail) switch
    {
        ("", _) => Refusals.None,
        (_, "268449538" or "268498689") or ("ORDERPAID", _) => Refusals.Paid,
        (_, "268447914") or ("ORDERCLOSED", _) => Refusals.Closed,
        ("ORDERNOTEXIST" or "RESOURCENOTEXISTS", _) => Refusals.Missing,
        ("OUTTRADENOUSED" or "INVALIDREQUEST" or "TRADEERROR", _) => Refusals.Ambiguous,
        _ => Refusals.Other,
    };

    private string NotifyUrl(string path) => $"{options.NotifyBase.TrimEnd('/')}/{path.TrimStart('/')}";

    private static string Time(DateTimeOffset instant) =>
        instant.ToOffset(ChinaDay.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private enum Refusals
    {
        None,
        Paid,
        Closed,
        Missing,
        Ambiguous,
        Other,
    }
}
