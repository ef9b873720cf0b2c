using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Signs with the merchant's key: requests, and the parameters of <c>wx.requestPayment</c>.</summary>
public sealed class PaySigner(WeChatPayOptions options, Ids ids, TimeProvider clock)
{
    public const string Scheme = "WECHATPAY2-SHA256-RSA2048";

    private const int NonceBytes = 16;

    private readonly RsaPool key = RsaPool.OfPrivate(options.PrivateKeyDer
        ?? throw new ArgumentException("This is no private key of a merchant.", nameof(options)));

    /// <summary>The header of a request.</summary>
    /// <param name="pathAndQuery">To the letter what is sent.</param>
    /// <param name="body">To the byte what is sent.</param>
    public AuthenticationHeaderValue Authorization(string method, string pathAndQuery, ReadOnlySpan<byte> body)
    {
        var (timestamp, nonce) = (Timestamp(), Nonce());
        var start = Encoding.UTF8.GetBytes($"{method}\n{pathAndQuery}\n{timestamp}\n{nonce}\n");
        var signature = Sign([.. start, .. body, (byte)'\n']);
        return new(
            Scheme,
            $"mchid=\"{options.MchId}\",nonce_str=\"{nonce}\",signature=\"{signature}\","
            + $"timestamp=\"{timestamp}\",serial_no=\"{options.MerchantSerial}\"");
    }

    /// <summary>The parameters of <c>wx.requestPayment</c>; the app's id is signed, and is none of them.</summary>
    public SignedPayment Payment(string appId, string prepayId)
    {
        var (timestamp, nonce, package) = (Timestamp(), Nonce(), $"prepay_id={prepayId}");
        var signature = Sign(Encoding.UTF8.GetBytes($"{appId}\n{timestamp}\n{nonce}\n{package}\n"));
        return new(timestamp, nonce, package, "RSA", signature);
    }

    private string Sign(byte[] message) => Convert.ToBase64String(
        key.Use(rsa => rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));

    private string Timestamp() => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private string Nonce() => Convert.ToHexString(ids.NextBytes(NonceBytes));
}
