using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What the mini-program gives to <c>wx.requestPayment</c>.</summary>
public sealed record PaymentRequest(string TimeStamp, string NonceStr, string Package, string SignType, string PaySign);

/// <summary>What WeChat on the phone looks at before it shows the sheet to pay on.</summary>
internal sealed class PaymentRequests(SandboxOptions options, PaymentBook payments, TimeProvider clock)
{
    private const string PackagePrefix = "prepay_id=";

    /// <summary>The payment that it is for.</summary>
    /// <exception cref="InvalidOperationException">The phone would not ask anybody to pay this.</exception>
    public SandboxPayment Check(PaymentRequest request, string openId)
    {
        var merchant = options.Merchant ?? throw new InvalidOperationException("The sandbox keeps no merchant's account.");
        if (request.SignType != "RSA" || !IsSigned(request, merchant))
            throw new InvalidOperationException("paySign is not the merchant's.");
        var payment = payments.All.FirstOrDefault(each => request.Package == PackagePrefix + each.PrepayId)
            ?? throw new InvalidOperationException("There is no such prepay_id, or a newer one.");
        if (payment.PreparedAt + PaymentBook.PrepayIdLifetime <= clock.GetUtcNow())
            throw new InvalidOperationException("prepay_id is older than two hours.");
        return payment.OpenId == openId
            ? payment
            : throw new InvalidOperationException("It was prepared for somebody else.");
    }

    private bool IsSigned(PaymentRequest request, SandboxMerchant merchant)
    {
        var message = $"{options.AppId}\n{request.TimeStamp}\n{request.NonceStr}\n{request.Package}\n";
        var signature = new byte[request.PaySign.Length];
        return Convert.TryFromBase64String(request.PaySign, signature, out var count)
            && merchant.HasSigned(Encoding.UTF8.GetBytes(message), signature.AsSpan(0, count));
    }
}
