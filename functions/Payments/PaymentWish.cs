using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Payments;

/// <summary>Something that is to be paid.</summary>
/// <param name="OutTradeNo">6 … 32 letters, digits and hyphens; another one for every other wish.</param>
/// <param name="Description">What WeChat shows the payer: 1 … 127 characters.</param>
/// <param name="AmountFen">1 or more.</param>
/// <param name="PayBy">The last moment to pay.</param>
public sealed record PaymentWish(
    string OutTradeNo, string OrderId, string MemberId, string Description, long AmountFen, DateTimeOffset PayBy);

/// <summary>What came of beginning a payment.</summary>
public abstract record PaymentStart
{
    private PaymentStart()
    {
    }

    /// <summary>The phone hands these to <c>wx.requestPayment</c>.</summary>
    public sealed record Ready(PaymentParameters Parameters) : PaymentStart;

    /// <summary>It has been paid already.</summary>
    public sealed record Paid : PaymentStart;

    /// <summary>Nobody can pay under this number any more.</summary>
    public sealed record Closed : PaymentStart;

    /// <summary>WeChat does not take it, or does not answer.</summary>
    public sealed record NotNow(Refusal Why) : PaymentStart;
}

/// <summary>The parameters of <c>wx.requestPayment</c>, signed with the merchant's key.</summary>
/// <remarks>Source: WeChat Pay APIv3, "小程序调起支付".</remarks>
/// <param name="TimeStamp">Unix seconds, as text.</param>
/// <param name="Package"><c>prepay_id=…</c>.</param>
/// <param name="SignType">Always <c>RSA</c>.</param>
public sealed record PaymentParameters(
    string TimeStamp,
    string NonceStr,
    [property: JsonPropertyName("package")] string Package,
    string SignType,
    string PaySign);
