using System.Globalization;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Pond.Kernel;

namespace Pond.Platform.WeChat;

/// <summary>Tells WeChat that a paid order was sent: until then it keeps the money back.</summary>
/// <remarks>Source: developers.weixin.qq.com, 小程序发货信息管理服务, <c>upload_shipping_info</c>.</remarks>
public sealed partial class ShippingInfos(WeChatCalls calls, AccessTokens tokens, ILogger<ShippingInfos> log)
{
    private const string Path = "wxa/sec/order/upload_shipping_info";
    private const int ByTransactionId = 2;
    private const int ByExpress = 1;
    private const int InOnePart = 1;
    private const int InParts = 2;

    // WeChat shows the text to the shopper, and stumbles over fields that are null.
    private static readonly JsonSerializerOptions Form = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>True once WeChat has it; false when it says no for good; null when nobody knows: try again.</summary>
    /// <remarks>
    /// No for good is what concerns this shipment: its data, or the state of its order. Whatever concerns the app (no
    /// token, no right to the interface, too many calls) can be mended, and is null: a shipment that is given up
    /// leaves its money with WeChat. So is a payment that WeChat's orders do not know yet. What was told before is
    /// true.
    /// </remarks>
    public async Task<bool?> Upload(ShippingInfo info, CancellationToken cancel)
    {
        var (outcome, refusedToken) = await Try(info, cancel);
        if (refusedToken is null) return outcome;
        tokens.Forget(refusedToken);
        return (await Try(info, cancel)).Outcome;
    }

    private async Task<(bool? Outcome, string? RefusedToken)> Try(ShippingInfo info, CancellationToken cancel)
    {
        if (await tokens.Current(cancel) is not TokenOutcome.Ready ready) return (null, null);
        var answer = await calls.Send(() => Request(ready.Token, info), cancel);
        return (Outcome(answer), answer?.ErrCode is 40001 or 40014 or 42001 ? ready.Token : null);
    }

    private bool? Outcome(WeChatAnswer? answer)
    {
        switch (answer?.ErrCode)
        {
            case null or 40001 or 40014 or 42001 or 45009 or 45011: // no answer, no token, too many calls
                return null;
            case 0:
            case 10060002 or 10060023 or 268440065: // it was sent as a whole, or told to the letter, before
                return true;
            case 10060001 or 10060012 or 268485228: // the payment is not known yet; WeChat's own failure
                return null;
            case 40003 or 47001 or (>= 10060000 and < 10070000) or (>= 268485000 and < 268486000):
                Refused(answer.ErrCode, answer.Rid);
                return false;
            default:
                Misconfigured(answer.ErrCode, answer.Rid);
                return null;
        }
    }

    // The body is of known length: WeChat turns a chunked one away with HTTP 412.
    private static HttpRequestMessage Request(string token, ShippingInfo info)
    {
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Body(info), Form));
        body.Headers.ContentType = new(MediaTypeNames.Application.Json);
        return new(HttpMethod.Post, $"{Path}?access_token={Uri.EscapeDataString(token)}") { Content = body };
    }

    // WeChat takes parts of an order by express only, and wants one parcel where it is not in parts.
    private static object Body(ShippingInfo info)
    {
        var isInParts = info.LogisticsType == ByExpress && (info.Parcels.Count > 1 || !info.IsAll);
        return new
        {
            order_key = new { order_number_type = ByTransactionId, transaction_id = info.TransactionId },
            logistics_type = info.LogisticsType,
            delivery_mode = isInParts ? InParts : InOnePart,
            is_all_delivered = isInParts ? info.IsAll : (bool?)null,
            shipping_list = info.Parcels.Select(Parcel),
            upload_time = Time(info.At),
            payer = new { openid = info.OpenId },
        };
    }

    private static object Parcel(ShippedParcel parcel) => new
    {
        tracking_no = parcel.TrackingNo,
        express_company = parcel.Company,
        item_desc = parcel.Description,
        contact = parcel.ReceiverPhone is null ? null : new { receiver_contact = parcel.ReceiverPhone },
    };

    private static string Time(DateTimeOffset instant) =>
        instant.ToOffset(ChinaDay.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Error, "WeChat refuses a shipment with errcode {ErrCode} (rid {Rid})")]
    private partial void Refused(int errCode, string rid);

    [LoggerMessage(LogLevel.Error, "WeChat takes no shipments: errcode {ErrCode} (rid {Rid}); check the settings")]
    private partial void Misconfigured(int errCode, string rid);
}

/// <summary>What was sent.</summary>
/// <param name="LogisticsType">1 by express, 2 within the city, 3 nothing to send, 4 fetched by the shopper.</param>
/// <param name="Parcels">1 … 15; one alone where it was not sent by express.</param>
public sealed record ShippingInfo(
    string TransactionId,
    string OpenId,
    int LogisticsType,
    IReadOnlyList<ShippedParcel> Parcels,
    bool IsAll,
    DateTimeOffset At)
{
    /// <summary>An openid and a phone number that reached a log would be personal data there.</summary>
    public override string ToString() => nameof(ShippingInfo);
}

/// <summary>A parcel.</summary>
/// <param name="Description">Of the goods: at most 120 characters.</param>
/// <param name="ReceiverPhone">Masked but for the last four digits; null where no carrier asks for it.</param>
public sealed record ShippedParcel(string? Company, string? TrackingNo, string Description, string? ReceiverPhone)
{
    /// <summary>A phone number that reached a log would be personal data there.</summary>
    public override string ToString() => nameof(ShippedParcel);
}
