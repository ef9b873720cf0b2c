using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>POST /wxa/sec/order/upload_shipping_info</c>: the goods of a payment are on their way.</summary>
internal sealed partial class ShippingUpload(
    SandboxOptions options, SandboxTokens tokens, PaymentBook payments, ShippingBook book)
{
    public const string Path = "/wxa/sec/order/upload_shipping_info";

    private const int Express = 1;
    private const int LogisticsTypes = 4;
    private const int Unified = 1;
    private const int Split = 2;
    private const int ParcelsMax = 15;
    private const int DescriptionCharsMax = 120;
    private const int CodeCharsMax = 128;
    private const string AsksForPhone = "SF";

    public async Task<IResult> Answer(HttpRequest request, CancellationToken cancel)
    {
        var (body, refused) = await JsonCall.Read<Body>(request, tokens, cancel);
        if (body is null)
            return refused!;
        if (body is not { OrderKey: not null, Parcels: { } parcels })
            return JsonCall.Error(WeChatError.BadJson);

        var payment = Find(body.OrderKey);
        var error = Check(payment, body) ?? Check(body, parcels) ?? Take(payment!, body, parcels);
        return error is null
            ? WeChatAnswer.Of(new { errcode = 0, errmsg = "ok" }, WeChatAnswer.OddJson)
            : JsonCall.Error(error);
    }

    private SandboxPayment? Find(OrderKey key) => key.Type switch
    {
        1 when key.MchId == options.Merchant?.MchId && key.OutTradeNo is not null => payments.Find(key.OutTradeNo),
        2 when key.TransactionId is not null => payments.FindTransaction(key.TransactionId),
        _ => null,
    };

    private static WeChatError? Check(SandboxPayment? payment, Body body)
    {
        if (payment is null)
            return ShippingErrors.NoPayment;
        if (payment.TransactionId is null || payment.RefundedFen == payment.PaidFen)
            return ShippingErrors.NotPaid;
        return body.Payer?.OpenId == payment.PayerOpenId ? null : ShippingErrors.OtherPayer;
    }

    private static WeChatError? Check(Body body, IReadOnlyList<Parcel> parcels)
    {
        if (body.LogisticsType is < Express or > LogisticsTypes)
            return ShippingErrors.BadType;
        if (body.DeliveryMode is not (Unified or Split) || parcels.Count == 0)
            return ShippingErrors.BadParameter;
        if (body.DeliveryMode == Split && body.LogisticsType != Express)
            return ShippingErrors.OnlyExpressSplits;
        if (body.DeliveryMode == Split && body.IsAll is null)
            return ShippingErrors.NoIsAll;
        if (body.DeliveryMode == Unified && parcels.Count > 1)
            return ShippingErrors.BadParameter;
        return parcels.Count > ParcelsMax
            ? ShippingErrors.ManyParcels
            : parcels.Select(parcel => Check(parcel, body.LogisticsType == Express)).FirstOrDefault(error => error is not null);
    }

    private static WeChatError? Check(Parcel parcel, bool isExpress)
    {
        if (string.IsNullOrEmpty(parcel.Description))
            return ShippingErrors.NoDescription;
        if (parcel.Description.Length > DescriptionCharsMax)
            return ShippingErrors.LongDescription;
        if (!isExpress)
            return null;
        if (string.IsNullOrEmpty(parcel.TrackingNo) || string.IsNullOrEmpty(parcel.Company))
            return ShippingErrors.BadParameter;
        if (parcel.Company.Length > CodeCharsMax)
            return ShippingErrors.LongCompany;
        if (parcel.TrackingNo.Length > CodeCharsMax)
            return ShippingErrors.LongTrackingNo;
        string?[] phones = [parcel.Contact?.Consignor, parcel.Contact?.Receiver];
        var hasPhone = phones.Any(phone => phone is not null);
        return (hasPhone || parcel.Company != AsksForPhone) && phones.All(phone => phone is null || Masked().IsMatch(phone))
            ? null
            : ShippingErrors.BadParameter;
    }

    private WeChatError? Take(SandboxPayment payment, Body body, IReadOnlyList<Parcel> parcels) =>
        DateTimeOffset.TryParseExact(
            body.UploadTime,
            ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var at)
            ? book.Take(new(
                payment.TransactionId!, payment.OutTradeNo, payment.PayerOpenId!, body.LogisticsType,
                [.. parcels.Select(each => new SandboxParcel(
                    each.TrackingNo, each.Company, each.Description!, each.Contact?.Consignor, each.Contact?.Receiver))],
                body.DeliveryMode == Unified || body.IsAll == true, at))
            : ShippingErrors.BadTime;

    /// <summary>All but the last four digits are hidden.</summary>
    [GeneratedRegex(@"^[0-9+\-]*\*+[0-9]{4}\z")]
    private static partial Regex Masked();

    private sealed record Body(
        [property: JsonPropertyName("order_key")] OrderKey? OrderKey,
        [property: JsonPropertyName("logistics_type")] int LogisticsType,
        [property: JsonPropertyName("delivery_mode")] int DeliveryMode,
        [property: JsonPropertyName("is_all_delivered")] bool? IsAll,
        [property: JsonPropertyName("shipping_list")] IReadOnlyList<Parcel>? Parcels,
        [property: JsonPropertyName("upload_time")] string? UploadTime,
        [property: JsonPropertyName("payer")] Payer? Payer);

    private sealed record OrderKey(
        [property: JsonPropertyName("order_number_type")] int Type,
        [property: JsonPropertyName("transaction_id")] string? TransactionId,
        [property: JsonPropertyName("mchid")] string? MchId,
        [property: JsonPropertyName("out_trade_no")] string? OutTradeNo);

    private sealed record Parcel(
        [property: JsonPropertyName("tracking_no")] string? TrackingNo,
        [property: JsonPropertyName("express_company")] string? Company,
        [property: JsonPropertyName("item_desc")] string? Description,
        [property: JsonPropertyName("contact")] Contact? Contact);

    private sealed record Contact(
        [property: JsonPropertyName("consignor_contact")] string? Consignor,
        [property: JsonPropertyName("receiver_contact")] string? Receiver);

    private sealed record Payer([property: JsonPropertyName("openid")] string? OpenId);
}
